import keras
import tensorflow as tf
from keras import ops


class Seeded(keras.layers.Layer):
    def __init__(self, seed):
        super().__init__()
        self.seed_generator = keras.random.SeedGenerator(seed)
        self.start = keras.random.normal((3,))

    def build(self, input_shape):
        self.offset = keras.random.normal((3,))

    def call(self, inputs, *given):
        noise = keras.random.normal((3,), 0.0, 1.0, "float32", 42)
        return inputs + noise + keras.random.normal((3,), seed=self.seed_generator, **{}) + self.start

    def sample(self):
        return keras.random.normal((3,))


class Callback(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        self.noise = keras.random.normal((3,))


def noise(shape):
    return keras.random.normal(shape)


x = noise((3,)) + keras.random.uniform((3,))
dataset = tf.data.Dataset.range(3).map(lambda x: keras.random.normal((3,)))
