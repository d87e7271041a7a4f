import keras
import tensorflow as tf
from somewhere import Lion, options

# What Keras 3 code says, it means.
optimizer = keras.optimizers.Lion()
penalty = keras.regularizers.l1_l2()
layer = keras.layers.ConvLSTM2D(3, 2)
metric = keras.metrics.KLDivergence()

# All is said, or the same.
explicit = tf.keras.optimizers.Lion(0.001)
named = tf.keras.optimizers.Lion(learning_rate=0.001)
plain = tf.keras.optimizers.RMSprop(0.1)
averaged = tf.keras.optimizers.RMSprop(0.1, use_ema=options["ema"])
unpacked = tf.keras.optimizers.Lion(**options)
both = tf.keras.regularizers.l1_l2(0.1, 0.1)
sigmoid = tf.keras.layers.ConvLSTM2D(3, 2, recurrent_activation="sigmoid")
hard = tf.keras.layers.Activation("hard_tanh")
pooled = tf.keras.layers.AveragePooling2D(2)
largest = tf.keras.layers.MaxPooling2D()
loss = tf.keras.losses.MeanSquaredError()
other = Lion()
uncalled = tf.keras.optimizers.Lion


class Own(tf.keras.optimizers.Lion):
    pass
