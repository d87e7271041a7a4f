import keras
from keras import ops


class Noise(keras.layers.Layer):
    def __init__(self, scale):
        super().__init__()
        self.scale = scale

    def call(self, inputs, training=None):
        return inputs + self._noise(ops.shape(inputs)) * keras.random.uniform((), seed=None)

    def _noise(self, shape):
        return keras.random.normal(shape, stddev=self.scale)


class Sampling(keras.Model):
    @staticmethod
    def draw(shape):
        return keras.random.normal(shape)

    def train_step(self, data):
        return {"noise": self.draw((3,))}


def jitter(x):
    return x + keras.random.normal(ops.shape(x))


jittered = keras.layers.Lambda(jitter)(keras.Input((3,)))
dropped = keras.layers.Lambda(lambda x: keras.random.dropout(x, 0.5))(jittered)


class Loss(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return ops.mean(y_pred * keras.random.normal((3,)), axis=-1)
