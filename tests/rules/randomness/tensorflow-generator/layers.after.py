import keras
import tensorflow as tf


class Augment(keras.layers.Layer):
    def __init__(self, seed=1, **kwargs):
        super().__init__(**kwargs)
        self.rng = keras.random.SeedGenerator(seed)
        self.other = keras.random.SeedGenerator()

    def call(self, x, training=None):
        factor = keras.random.uniform((3, 1), 0.9, 1.1, seed=self.rng) + keras.random.truncated_normal([3, 1], seed=self.other)
        return x * factor + keras.random.normal(x.shape, stddev=0.1, seed=self.rng)


class Split(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.rng = tf.random.Generator.from_seed(1)

    def call(self, x):
        return x + self.rng.split(2)[0].normal((3,))


generator = tf.random.Generator.from_seed(3)
