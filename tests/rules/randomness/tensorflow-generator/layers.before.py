import keras
import tensorflow as tf


class Augment(keras.layers.Layer):
    def __init__(self, seed=1, **kwargs):
        super().__init__(**kwargs)
        self.rng = tf.random.Generator.from_seed(seed)
        self.other = tf.random.Generator.from_non_deterministic_state()

    def call(self, x, training=None):
        factor = self.rng.uniform((3, 1), 0.9, 1.1) + self.other.truncated_normal([3, 1])
        return x * factor + self.rng.normal(x.shape, stddev=0.1)


class Split(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.rng = tf.random.Generator.from_seed(1)

    def call(self, x):
        return x + self.rng.split(2)[0].normal((3,))


generator = tf.random.Generator.from_seed(3)
