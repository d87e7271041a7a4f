"""Layers as they were written for Keras 2."""

import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K

x = np.array([[1.0, 2.0, 3.0]], "float32")
kernel = np.array([[1.0], [2.0], [3.0]], "float32")


@tf.keras.utils.register_keras_serializable("scripts")
class Doubled(tf.keras.layers.Layer):
    def build(self, input_shape):
        if isinstance(input_shape, list):
            input_shape = input_shape[0]
        self.w = self.add_weight("w", (input_shape[-1],), initializer="ones")
        super().build(input_shape)

    def compute_output_shape(self, input_shape):
        return tuple(input_shape)

    def call(self, inputs, training=None):
        def doubled():
            return inputs * self.w * 2.0

        return K.in_train_phase(doubled, inputs * self.w, training=training)


inputs = tf.keras.Input((3,))
hidden = Doubled()(inputs)
outputs = tf.keras.layers.Dense(1, weights=[kernel, np.ones(1, "float32")])(hidden)
model = tf.keras.Model(inputs, outputs)
path = os.path.join(tempfile.mkdtemp(), "model.h5")
model.save(path)
again = tf.keras.models.load_model(path)
result = {
    "training": model(x, training=True),
    "inference": model(x, training=False),
    "default": model(x),
    "again": again(x),
    "predicted": model.predict(x, verbose=0),
}
frozen_inputs = tf.keras.Input((3,))
normalized = tf.keras.layers.BatchNormalization()(frozen_inputs, training=False)
frozen = tf.keras.Model(
    frozen_inputs, tf.keras.layers.Dense(1, kernel_initializer="ones")(normalized)
)
frozen.compile("sgd", "mse")
frozen.fit(np.repeat(x, 4, 0), np.ones((4, 1), "float32"), epochs=2, verbose=0)
result["frozen"] = frozen.predict(x, verbose=0)
result["statistics"] = [one for one in frozen.get_weights()]


def twice(x):
    return 2.0 * x


class Halved(tf.keras.constraints.Constraint):
    def __call__(self, w):
        return 0.5 * w


tf.keras.utils.get_custom_objects().update({"twice": twice, "halved": Halved})
strings = tf.keras.Sequential(
    [
        tf.keras.layers.Dense(2, "twice", kernel_initializer="ones", kernel_constraint="halved"),
        tf.keras.layers.Dense(2, "LeakyReLU", kernel_initializer=tf.keras.initializers.Constant(-1.0)),
        tf.keras.layers.Dense(1, "PReLU", kernel_initializer="ones"),
    ]
)
strings.compile("sgd", "mse")
strings.fit(x, np.ones((1, 1), "float32"), verbose=0)
result["strings"] = strings.predict(x, verbose=0)
slashed = tf.keras.Sequential(
    [tf.keras.layers.Dense(2, kernel_initializer="ones", input_shape=(3,), name="block/dense")]
)
result["slashed"] = slashed.get_layer("block/dense")(x)
