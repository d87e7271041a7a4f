import numpy as np
import tensorflow as tf


class Heads(tf.keras.layers.Layer):
    def build(self, input_shape):
        self.gamma = self.add_weight(name="gamma", shape=(self.units), initializer="ones")

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def call(self, x):
        shape = tf.concat([tf.shape(x)[:-1], [2, self.units]], axis=0)
        y = tf.reshape(x, shape) * self.gamma
        mean, variance = tf.nn.moments(y, [1, 3], keepdims=True)
        y = tf.nn.batch_normalization(y, mean, variance, None, self.gamma, 1e-3)
        return y + tf.zeros(tf.stack([tf.shape(y)[0], 1, 1, 1]))


inputs = tf.keras.Input((3, 8))
model = tf.keras.Model(inputs, Heads(4)(inputs))
x = np.linspace(-1, 1, 48, dtype="float32").reshape(2, 3, 8)
result = {
    "eager": Heads(4)(x),
    "compiled": model.predict(x, verbose=0),
    "joined": tf.concat([tf.constant(x[0]), [[1.0] * 8]], axis=0),
}
