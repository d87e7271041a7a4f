"""Dtypes that Keras takes, and those that are compared."""
import keras
import tensorflow as tf
from keras import layers


class Scale(layers.Layer):
    def __init__(self):
        super().__init__(dtype=tf.float16)
        self.scale = self.add_weight(shape=(), dtype=tf.dtypes.float32, name="scale")

    def call(self, inputs):
        x = keras.ops.cast(inputs, tf.half)
        if x.dtype == tf.float16:
            x = x[:, tf.newaxis]
        if inputs.dtype not in (tf.float16, tf.bfloat16):
            x = x[..., tf.newaxis, :]
        return x


inputs = keras.Input((3,), dtype=tf.int32)
embedding = layers.Embedding(10, 4, dtype=tf.float64)


class Plain(layers.Layer):
    pass


class Own(layers.Layer):
    def __init__(self, dtype):
        super().__init__()
        self.size = dtype.size


plain, own = Plain(dtype=tf.float32), Own(dtype=tf.float16)
