import keras
from keras import ops


class Noise(keras.layers.Layer):
    def __init__(self, scale):
        super().__init__()
        self.seed_generator = keras.random.SeedGenerator()
        self.scale = scale

    def call(self, inputs, training=None):
        return inputs + self._noise(ops.shape(inputs)) * keras.random.uniform((), seed=self.seed_generator)

    def _noise(self, shape):
        return keras.random.normal(shape, stddev=self.scale, seed=self.seed_generator)


class Sampling(keras.Model):
    @staticmethod
    def draw(shape):
        return keras.random.normal(shape)

    def train_step(self, data):
        return {"noise": self.draw((3,))}


def jitter(x, seed_generator=None):
    return x + keras.random.normal(ops.shape(x), seed=seed_generator)


jittered = keras.layers.Lambda(jitter, arguments={"seed_generator": keras.random.SeedGenerator()})(keras.Input((3,)))
dropped = keras.layers.Lambda(lambda x, seed_generator=None: keras.random.dropout(x, 0.5, seed=seed_generator), arguments={"seed_generator": keras.random.SeedGenerator()})(jittered)


class Loss(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return ops.mean(y_pred * keras.random.normal((3,)), axis=-1)
