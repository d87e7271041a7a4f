"""Wrappers around layers: spectral normalisation by power iteration, and weight normalisation."""

import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Conv2D, Dense, Flatten, Input, Wrapper
from tensorflow.keras.models import Sequential


class SpectralNorm(Wrapper):
    """Divides the kernel by its largest singular value.

    The vector `u` of the power iteration is kept between the steps.
    """

    def __init__(self, layer, power_iterations=1, **kwargs):
        super().__init__(layer, **kwargs)
        self.power_iterations = power_iterations

    def build(self, input_shape):
        super().build(input_shape)
        self.w = self.layer.kernel
        self.w_shape = self.w.shape.as_list()
        self.u = self.add_weight(
            shape=(1, self.w_shape[-1]),
            initializer="ones",
            trainable=False,
            name="sn_u",
            dtype=self.w.dtype,
        )

    def call(self, inputs, training=None):
        if training:
            self.normalize_weights()
        return self.layer(inputs)

    def normalize_weights(self):
        w = tf.reshape(self.w, [-1, self.w_shape[-1]])
        u = self.u
        for _ in range(self.power_iterations):
            v = tf.math.l2_normalize(tf.matmul(u, w, transpose_b=True))
            u = tf.math.l2_normalize(tf.matmul(v, w))
        sigma = tf.matmul(tf.matmul(v, w), u, transpose_b=True)
        self.w.assign(self.w / sigma)
        self.u.assign(u)


class WeightScale(Wrapper):
    """y = g * layer(x), g by output."""

    def build(self, input_shape):
        super().build(input_shape)
        self.g = self.add_weight(
            name="g", shape=(self.layer.units,), initializer="ones", trainable=True
        )

    def call(self, inputs):
        return self.layer(inputs) * self.g

    def compute_output_shape(self, input_shape):
        return self.layer.compute_output_shape(input_shape)


rng = np.random.RandomState(29)
model = Sequential(
    [
        Input((4, 4, 1)),
        SpectralNorm(Conv2D(3, 3, activation="relu"), power_iterations=2),
        Flatten(),
        WeightScale(Dense(2)),
    ]
)
for w in model.trainable_weights:
    w.assign(rng.normal(0, 0.5, w.shape))
model.compile(optimizer="sgd", loss="mse")
x = rng.normal(size=(4, 4, 4, 1)).astype("float32")
y = rng.normal(size=(4, 2)).astype("float32")
history = model.fit(x, y, batch_size=2, epochs=1, shuffle=False, verbose=0)
result = {
    "loss": history.history["loss"],
    "kernel": model.layers[0].layer.kernel.numpy(),
    "u": model.layers[0].u.numpy(),
    "g": model.layers[-1].g.numpy(),
    "predicted": model.predict(x, verbose=0),
}
