import keras
import tensorflow as tf

optimizer = tf.optimizers.SGD(0.1)
loss = tf.losses.MeanSquaredError()
metric = tf.metrics.Mean()
v1 = tf.compat.v1.keras.layers.Dense(3)
start = tf.initializers.GlorotUniform()
