import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.layers import ConvLSTM2D
from tensorflow.keras.regularizers import l1_l2

optimizer = keras.optimizers.Lion(learning_rate=0.0001)
momentum = tf.keras.optimizers.RMSprop(0.1, use_ema=True, ema_overwrite_frequency=100)
metric = keras.metrics.KLDivergence(dtype="float32", name="kullback_leibler_divergence")
penalty = l1_l2(l1=0.01, l2=0.01)
half = l1_l2(
    l1=0.1, l2=0.01,  # as before
)
layer = ConvLSTM2D(3, (2, 2), name="c", recurrent_activation=lambda x: keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0))
pooled = keras.layers.AveragePooling2D(pool_size=(2, 2))
