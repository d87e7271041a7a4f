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


inputs = tf.keras.Input((3,))
model = tf.keras.Model(inputs, Scaled(2, kernel_initializer="ones")(inputs))
model.layers[1].scale.assign(3.0)
folder = os.path.join(tempfile.mkdtemp(), "model")
model.save(folder)
again = tf.keras.models.load_model(folder)
result = {"before": model(x), "after": again(x)}
