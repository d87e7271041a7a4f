import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.layers import ConvLSTM2D
from tensorflow.keras.regularizers import l1_l2

optimizer = keras.optimizers.Lion()
momentum = tf.keras.optimizers.RMSprop(0.1, use_ema=True)
metric = keras.metrics.KLDivergence(dtype="float32")
penalty = l1_l2()
half = l1_l2(
    l1=0.1,  # as before
)
layer = ConvLSTM2D(3, (2, 2), name="c")
pooled = keras.layers.AveragePooling2D()
