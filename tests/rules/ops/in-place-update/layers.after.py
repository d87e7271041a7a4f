import keras
import tensorflow as tf
from keras import ops


class Attention(keras.layers.Layer):
    def call(self, inputs, mask=None):
        weights = ops.exp(inputs)
        if mask is not None:
            weights = weights * ops.cast(mask, "float32")  # hides the padding
        weights = weights / (ops.sum(weights, axis=1, keepdims=True) + 1e-7)
        return weights * inputs


class Residual(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(3, activation="relu")

    def call(self, inputs):
        skip = self.dense(inputs)
        x = skip
        x = x + ops.ones((3,)) * 2
        x = x - (skip if self.trainable else inputs)
        inputs = inputs + 1
        x = x ** (-inputs)
        return x + skip


def positions(x: tf.Tensor, encoding):
    x = x * tf.sqrt(4.0)
    x = x @ (
        encoding  # of the places
    )
    return x


def routing(logits):
    b = ops.zeros((3, 3))
    for _ in range(3):
        c = ops.softmax(b)
        b = b + ops.matmul(c, logits)
    return b
