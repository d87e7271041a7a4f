import keras
import tensorflow as tf
from keras import layers


class Noise(layers.Layer):
    def __init__(self, stddev=0.1, **kwargs):
        super().__init__(**kwargs)  # the name
        self.stddev = stddev

    def build(self, input_shape):
        self.offset = tf.random.normal((input_shape[-1],))

    def call(self, inputs, training=None):
        if not training:
            return inputs
        return inputs + tf.random.normal(tf.shape(inputs), stddev=self.stddev) * self.offset


class Masked(layers.Layer):
    """Has no `__init__` of its own."""

    rate = 0.5

    # Drops twice.
    def call(self, inputs):
        mask = tf.random.uniform(tf.shape(inputs), seed=42) > self.rate
        return tf.nn.dropout(inputs, 0.2, seed=7) * tf.cast(mask, inputs.dtype)


class Seeded(keras.Model):
    def __init__(self, seed=None):
        super(Seeded, self).__init__()
        self.dense = layers.Dense(3)
        if seed is None:
            self.seed = 1
        else:
            self.seed = seed + 1
        self.start = tf.random.normal((3,), seed=3)

    def call(self, x):
        return self.dense(x) + tf.random.normal(
            tf.shape(x),
            seed=self.seed,  # kept
            stddev=2.0,
        )

    def train_step(self, data):
        noise = tf.random.normal(shape=(4, 3))
        order = tf.random.shuffle(tf.range(4))
        return {"noise": noise, "order": order}


class Generating(layers.Layer):
    def __init__(self):
        super().__init__()
        self.generator = keras.random.SeedGenerator(1)

    def call(self, x):
        return x + tf.random.truncated_normal(tf.shape(x)) + tf.random.gamma((1,), 2.0, beta=3.0)


class Inheriting(Generating):
    def call(layer, x):
        return super().call(x) + tf.random.uniform(tf.shape(x))


class Sampler(keras.Model):
    @tf.function
    def sample(self, n):
        return tf.map_fn(lambda i: tf.random.normal((3,)), tf.range(n))

    @staticmethod
    def free(n):
        return tf.random.normal((n,))


class Handed(layers.Layer):
    def __init__(self):
        super().__init__()

    def call(self, x, seed):
        return x + tf.random.normal((3,), seed=seed)


class Careless(layers.Layer):
    def __init__(self):
        self.built = True

    def call(self, x):
        return x + tf.random.normal((3,))


class Named(layers.Layer):
    def __init__(self, seed_generator):
        super().__init__()
        self.seed_generator = seed_generator

    def call(self, x):
        return x + tf.random.normal((3,))


class Loss(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return y_pred * tf.random.normal((3,))


def drop_path(x, rate=0.5):
    return x * tf.floor(rate + tf.random.uniform(tf.shape(x)))


def twice(x, *args, **kwargs):
    return tf.random.normal((3,))


def seeded(x, seed=None):
    return x + tf.random.normal((3,), seed=seed)


class Path(layers.Layer):
    def call(self, x):
        return drop_path(x) + drop_path(x, 0.2) + twice(x) + seeded(x)


noise = drop_path(tf.random.normal((3, 3), seed=1))
