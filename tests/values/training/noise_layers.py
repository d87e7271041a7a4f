"""Layers that draw random numbers: their shapes, moments and seeds are compared."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import layers
from tensorflow.keras.layers import Layer


class GaussianNoise(Layer):
    def __init__(self, stddev, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev

    def call(self, inputs, training=None):
        def noised():
            return inputs + K.random_normal(
                shape=K.shape(inputs), mean=0.0, stddev=self.stddev
            )

        # at inference it does nothing
        return K.in_train_phase(noised, inputs, training=training)


class DropBlocks(Layer):
    """Drops whole samples (stochastic depth)."""

    def __init__(self, drop_prob=0.2, **kwargs):
        super().__init__(**kwargs)
        self.drop_prob = drop_prob

    def call(self, x, training=None):
        if training:
            keep_prob = 1 - self.drop_prob
            shape = (tf.shape(x)[0],) + (1,) * (len(x.shape) - 1)
            random_tensor = keep_prob + tf.random.uniform(shape, 0, 1)
            random_tensor = tf.floor(random_tensor)
            return (x / keep_prob) * random_tensor
        return x


class Jitter(layers.Layer):
    """Multiplicative noise from a truncated normal distribution, and a plain dropout."""

    def __init__(self, rate=0.1):
        super().__init__()
        self.rate = rate

    def call(self, inputs, training=False):
        if not training:
            return inputs
        noise = tf.random.truncated_normal(tf.shape(inputs), mean=1.0, stddev=0.1)
        return tf.nn.dropout(inputs * noise, rate=self.rate)


ones = np.ones((4000, 3), "float32")
result = {}
for layer in (GaussianNoise(0.5), DropBlocks(0.2), Jitter(0.2)):
    name = type(layer).__name__
    noisy = np.array(layer(ones, training=True))
    again = np.array(layer(ones, training=True))
    result[name] = {
        "still": np.array(layer(ones, training=False)),
        "shape": noisy.shape,
        "mean": round(float(noisy.mean()), 1),
        "deviation": round(float(noisy.std()), 1),
        "varies": bool((noisy != again).any()),
        "zeros": round(float((noisy == 0).mean()), 1),
    }

# Training goes on with them.
model = tf.keras.Sequential(
    [layers.Input((3,)), GaussianNoise(0.5), layers.Dense(4), DropBlocks(), layers.Dense(1)]
)
model.compile("adam", "mse")
history = model.fit(ones[:64], ones[:64, :1], batch_size=32, epochs=2, verbose=0)
result["finite"] = bool(np.isfinite(history.history["loss"]).all())
result["trained"] = [w.shape for w in model.get_weights()]
