"""Normalisation layers of one's own, with moving averages that training updates."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import initializers
from tensorflow.keras.layers import Dense, Input, InputSpec, Layer
from tensorflow.keras.models import Sequential


class SimpleBatchNorm(Layer):
    def __init__(self, momentum=0.9, epsilon=1e-3, **kwargs):
        super().__init__(**kwargs)
        self.momentum = momentum
        self.epsilon = epsilon

    def build(self, input_shape):
        dim = input_shape[-1]
        self.gamma = self.add_weight("gamma", shape=[dim], initializer="ones")
        self.beta = self.add_weight("beta", shape=[dim], initializer="zeros")
        # not trained, but moved
        self.moving_mean = self.add_weight(
            "moving_mean", shape=[dim], initializer="zeros", trainable=False
        )
        self.moving_variance = self.add_weight(
            "moving_variance", shape=[dim], initializer="ones", trainable=False
        )

    def call(self, inputs, training=None):
        if training:
            mean, variance = tf.nn.moments(inputs, axes=[0])
            self.moving_mean.assign(
                self.moving_mean * self.momentum + mean * (1.0 - self.momentum)
            )
            self.moving_variance.assign(
                self.moving_variance * self.momentum + variance * (1.0 - self.momentum)
            )
        else:
            mean, variance = self.moving_mean, self.moving_variance
        return tf.nn.batch_normalization(
            inputs, mean, variance, self.beta, self.gamma, self.epsilon
        )


class InstanceNormalization(Layer):
    """Normalises each sample; scale and offset by feature."""

    def __init__(self, axis=-1, epsilon=1e-5, gamma_initializer="ones", **kwargs):
        super(InstanceNormalization, self).__init__(**kwargs)
        self.axis = axis
        self.epsilon = epsilon
        self.gamma_initializer = initializers.get(gamma_initializer)

    def build(self, input_shape):
        ndim = len(input_shape)
        dim = input_shape[self.axis]
        if dim is None:
            raise ValueError("Axis " + str(self.axis) + " of input tensor should have a defined dimension.")
        self.input_spec = InputSpec(ndim=ndim, axes={self.axis: dim})
        self.gamma = self.add_weight(name="gamma", shape=(dim,), initializer=self.gamma_initializer)
        self.offset = self.add_weight(name="offset", shape=(dim,), initializer=tf.zeros_initializer())
        self.built = True

    def call(self, x):
        mean, variance = tf.nn.moments(x, axes=[1], keepdims=True)
        inv = tf.math.rsqrt(variance + self.epsilon)
        normalized = (x - mean) * inv
        return self.gamma * normalized + self.offset


class Standardizer(Layer):
    """Counts what it has seen, as tf.Variable of its own."""

    def __init__(self, dim):
        super().__init__()
        self.seen = tf.Variable(0, trainable=False, dtype=tf.int32)
        self.total = tf.Variable(tf.zeros((dim,)), trainable=False)

    def call(self, inputs, training=False):
        if training:
            self.seen.assign_add(tf.shape(inputs)[0])
            self.total.assign_add(tf.reduce_sum(inputs, axis=0))
        count = tf.maximum(tf.cast(self.seen, tf.float32), 1.0)
        return inputs - self.total / count


rng = np.random.RandomState(109)
model = Sequential([
    Input((4,)),
    Standardizer(4),
    Dense(3),
    SimpleBatchNorm(momentum=0.8),
    InstanceNormalization(),
    Dense(1),
])
for w in model.trainable_weights:
    w.assign(rng.normal(0.5, 0.5, w.shape))
model.compile("sgd", "mse")
x = rng.normal(2, 1, size=(8, 4)).astype("float32")
y = x[:, :1]
history = model.fit(x, y, batch_size=4, shuffle=False, verbose=0)
standardizer, normalizer = model.layers[0], model.layers[2]
result = {
    "loss": history.history["loss"],
    "seen": int(standardizer.seen.numpy()),
    "total": standardizer.total.numpy(),
    "mean": normalizer.moving_mean.numpy(),
    "variance": normalizer.moving_variance.numpy(),
    "evaluated": float(model.evaluate(x, y, batch_size=8, verbose=0)),
    "weights": [w.numpy() for w in model.trainable_weights],
}
