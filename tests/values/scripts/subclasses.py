"""Subclasses of Keras's own layers, saved and loaded."""

import os
import tempfile

import numpy as np
import tensorflow as tf

x = np.ones((2, 3), "float32")


@tf.keras.utils.register_keras_serializable("scripts")
class Scaled(tf.keras.layers.Dense):
    def build(self, input_shape):
        super().build(input_shape)
        self.scale = self.add_weight("scale", (), initializer="ones")

    def call(self, inputs):
        return super().call(inputs) * self.scale.read_value()


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
        self.w = self.add_weight(shape=(3,), initializer="ones")

    def call(self, inputs):
        return self.w


inputs = tf.keras.Input((3,))
model = tf.keras.Model(inputs, Scaled(2, kernel_initializer="ones")(inputs))
model.layers[1].scale.assign(3.0)
folder = os.path.join(tempfile.mkdtemp(), "model")
model.save(folder)
again = tf.keras.models.load_model(folder)
measured = tf.keras.Sequential([tf.keras.layers.Dense(1, kernel_initializer="ones")])
measured.compile("sgd", "mse", metrics=[Total(name="total")])
result = {
    "before": model(x),
    "after": again(x),
    "measured": measured.evaluate(x, x[:, :1], verbose=0, return_dict=True)["total"],
    "weight": tf.keras.Model(inputs, Weight()(inputs))(x),
}
