"""Dtypes that Keras takes, and those that are compared."""
import keras
import tensorflow as tf
from keras import layers


class Scale(layers.Layer):
    def __init__(self):
        super().__init__(dtype="float16")
        self.scale = self.add_weight(shape=(), dtype="float32", name="scale")

    def call(self, inputs):
        x = keras.ops.cast(inputs, "float16")
        if keras.backend.standardize_dtype(x.dtype) == "float16":
            x = x[:, None]
        if keras.backend.standardize_dtype(inputs.dtype) not in ("float16", "bfloat16"):
            x = x[..., None, :]
        return x


inputs = keras.Input((3,), dtype="int32")
embedding = layers.Embedding(10, 4, dtype="float64")


class Plain(layers.Layer):
    pass


class Own(layers.Layer):
    def __init__(self, dtype):
        super().__init__()
        self.size = dtype.size


plain, own = Plain(dtype="float32"), Own(dtype=tf.float16)
