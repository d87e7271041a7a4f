"""Augmented assignments to tensors, and a `call` that requires `training`."""

import numpy as np
import tensorflow as tf

keras = tf.keras


class Block(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(3, activation="relu", kernel_initializer="ones")
        self.dropout = keras.layers.Dropout(0.5)

    def call(self, inputs, training):
        skip = self.dense(self.dropout(inputs, training=training))
        x = skip
        x *= tf.constant([[1.0], [2.0]])
        x += tf.ones((2, 2, 3))
        weights = tf.exp(-inputs)
        weights /= tf.reduce_sum(weights, axis=1, keepdims=True)
        inputs += 1
        return x - skip, weights * inputs


block = Block()
given = tf.constant(np.arange(6, dtype="float32").reshape(2, 3))
first, second = block(given)
result = {"first": first, "second": second, "given": given}


class Weighted(keras.layers.Layer):
    def call(self, inputs):
        weights = tf.exp(inputs)
        weights /= tf.reduce_sum(weights, axis=1, keepdims=True)
        return weights * inputs


model = keras.Sequential(
    [keras.Input((3,)), keras.layers.Dense(3, kernel_initializer="identity"), Weighted()]
)
model.compile(keras.optimizers.SGD(0.1), "mse")
model.fit(np.ones((2, 3), "float32"), np.eye(3, dtype="float32")[:2], verbose=0)
result["trained"] = model.get_weights()


@tf.custom_gradient
def reverse(x, scale):
    def grad(dy):
        return -dy * scale, None

    return tf.identity(x), grad


class Reversal(keras.layers.Layer):
    def __init__(self, scale):
        super().__init__()
        self.scale = scale

    def call(self, inputs):
        return reverse(inputs, self.scale)


model = keras.Sequential(
    [keras.Input((3,)), keras.layers.Dense(3, kernel_initializer="identity"), Reversal(0.5)]
)
model.compile(keras.optimizers.SGD(0.1), "mse")
model.fit(np.ones((2, 3), "float32"), np.zeros((2, 3), "float32"), verbose=0)
result["reversed"] = model.get_weights()
