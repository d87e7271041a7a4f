# What a seed promises: fresh numbers at each call, the same ones again for an object made anew.
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
from tensorflow.keras import layers

images = np.ones((512, 32), "float32")


class Noise(layers.Layer):
    def __init__(self, stddev=0.5, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.stddev = stddev
        self.seed = seed

    def call(self, inputs, training=None):
        noise = tf.random.normal(tf.shape(inputs), stddev=self.stddev, seed=self.seed)
        return inputs + noise


class Masked(layers.Layer):
    def call(self, inputs):
        mask = tf.random.uniform(tf.shape(inputs), seed=42) < 0.6
        return tf.nn.dropout(inputs, 0.5, seed=7) * tf.cast(mask, inputs.dtype)


class DropPath(layers.Layer):
    def __init__(self, rate):
        super(DropPath, self).__init__()
        self.rate = rate

    def call(self, x, training=None):
        if not training:
            return x
        return drop_path(x, self.rate)


def drop_path(x, rate):
    keep = 1.0 - rate
    return x / keep * tf.floor(keep + tf.random.uniform((tf.shape(x)[0], 1)))


def sampling(args):
    mean, log_var = args
    return mean + K.exp(log_var / 2) * K.random_normal(shape=K.shape(mean), stddev=2.0)


def moments(model):
    """Mean and deviation to a tenth, and whether a second call draws anew."""
    first, second = (model.predict(images, verbose=0) for _ in range(2))
    return [round(float(first.mean()), 1), round(float(first.std()), 1), bool((first != second).any())]


def made(layer):
    inputs = keras.Input((32,))
    return keras.Model(inputs, layer(inputs))


class Sampler(keras.Model):
    def __init__(self):
        super().__init__()
        self.noise = Noise(1.0)
        self.drop = DropPath(0.25)
        self.dense = layers.Dense(4, kernel_initializer="zeros")

    def call(self, inputs, training=None):
        return self.dense(self.drop(self.noise(inputs), training=training)) + tf.random.normal((4,))


inputs = keras.Input((32,))
zeros = layers.Lambda(lambda x: 0.0 * x)(inputs)
z = layers.Lambda(sampling, output_shape=(32,))([inputs, zeros])
model = Sampler()
model.compile(keras.optimizers.SGD(0.0), "mse")
losses = {float(model.train_on_batch(images, images[:, :4])) for _ in range(3)}
# Made anew, a layer draws the same numbers from its seed.
drawn = [made(Noise(seed=3)).predict(images, verbose=0) for _ in range(2)]

result = {
    "noise": moments(made(Noise())),
    "masked": moments(made(Masked())),
    "sampled": moments(keras.Model(inputs, z)),
    "jittered": moments(made(layers.Lambda(lambda x: x + K.random_uniform(K.shape(x), 1.0, 3.0)))),
    "path": bool((np.unique(made(DropPath(0.5))(images, training=True)) == [0.0, 2.0]).all()),
    "fresh losses": len(losses),
    "weights": len(model.get_weights()),
    "same seed": bool((drawn[0] == drawn[1]).all()),
}

np.random.seed(5)
tf.random.set_seed(3)
result["numpy"] = np.random.rand(3)
