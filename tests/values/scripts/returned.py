"""Variables that layers and metrics return themselves."""

import numpy as np
import tensorflow as tf

x = np.ones((2, 3), "float32")


class Total(tf.keras.metrics.Metric):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = self.add_weight(name="total", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        self.total.assign_add(tf.reduce_sum(y_pred))

    def result(self):
        return self.total


class Weight(tf.keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(name="w", shape=(3,), initializer="ones")

    def call(self, inputs):
        return self.w


measured = tf.keras.Sequential([tf.keras.layers.Dense(1, kernel_initializer="ones")])
measured.compile("sgd", "mse", metrics=[Total(name="total")])
inputs = tf.keras.Input((3,))
result = {
    "measured": measured.evaluate(x, x[:, :1], verbose=0, return_dict=True)["total"],
    "weight": tf.keras.Model(inputs, Weight()(inputs))(x),
}
