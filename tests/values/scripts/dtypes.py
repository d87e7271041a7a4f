"""Dtypes as objects, and what they have."""

import numpy as np
import tensorflow as tf
from tensorflow import keras

x = np.linspace(-1.0, 1.0, 6).astype("float32").reshape(2, 3)


class Scaled(keras.layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(shape=(3,), initializer="ones", dtype=tf.float32, name="scale")

    def call(self, inputs):
        if inputs.dtype not in (tf.float32, tf.float64):
            inputs = tf.cast(inputs, tf.float32)
        scale = tf.cast(2.5, self.scale.dtype.base_dtype) * self.scale
        if inputs.dtype.is_floating and not self.scale.dtype.is_integer:
            epsilon = np.finfo(inputs.dtype.as_numpy_dtype).eps
            scale = scale + 1e3 * epsilon
        return (inputs * scale)[..., tf.newaxis]


layer = Scaled(dtype=tf.float32)
inputs = keras.Input((3,), dtype=tf.int32)
model = keras.Model(inputs, Scaled()(inputs))
result = {
    "scaled": layer(tf.constant(x)),
    "whole": layer(tf.constant([[1, 2, 3]])),
    "predicted": model.predict(np.array([[1, 2, 3]]), verbose=0),
    "name": tf.constant(x).dtype.name,
    "is half": tf.constant(x).dtype == tf.float16,
    "is whole": tf.as_dtype(tf.constant(1).dtype).is_integer,
    "tensors": [isinstance(tf.constant(x) + 1, tf.Tensor), isinstance(x, (tf.Tensor, list))],
}
