import keras
import tensorflow as tf
from keras import layers


class Noise(layers.Layer):
    def __init__(self, stddev=0.1, **kwargs):
        super().__init__(**kwargs)  # the name
        self.seed_generator = keras.random.SeedGenerator()
        self.stddev = stddev

    def build(self, input_shape):
        self.offset = keras.random.normal((input_shape[-1],))

    def call(self, inputs, training=None):
        if not training:
            return inputs
        return inputs + keras.random.normal(keras.ops.shape(inputs), stddev=self.stddev, seed=self.seed_generator) * self.offset


class Masked(layers.Layer):
    """Has no `__init__` of its own."""

    rate = 0.5

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed_generator = keras.random.SeedGenerator(42)

    # Drops twice.
    def call(self, inputs):
        mask = keras.random.uniform(keras.ops.shape(inputs), seed=self.seed_generator) > self.rate
        return keras.random.dropout(keras.ops.convert_to_tensor(inputs), 0.2, seed=self.seed_generator) * keras.ops.cast(mask, inputs.dtype)


class Seeded(keras.Model):
    def __init__(self, seed=None):
        super(Seeded, self).__init__()
        self.dense = layers.Dense(3)
        if seed is None:
            self.seed = 1
        else:
            self.seed = seed + 1
        self.seed_generator = keras.random.SeedGenerator(self.seed)
        self.start = keras.random.normal((3,), seed=3)

    def call(self, x):
        return self.dense(x) + keras.random.normal(
            keras.ops.shape(x),  # kept
            stddev=2.0, seed=self.seed_generator,
        )

    def train_step(self, data):
        noise = keras.random.normal(shape=(4, 3), seed=self.seed_generator)
        order = keras.random.shuffle(keras.ops.arange(4), seed=self.seed_generator)
        return {"noise": noise, "order": order}


class Generating(layers.Layer):
    def __init__(self):
        super().__init__()
        self.generator = keras.random.SeedGenerator(1)

    def call(self, x):
        return x + keras.random.truncated_normal(keras.ops.shape(x), seed=self.generator) + keras.ops.divide(keras.random.gamma((1,), 2.0, seed=self.generator), 3.0)


class Inheriting(Generating):
    def call(layer, x):
        return super().call(x) + keras.random.uniform(keras.ops.shape(x), seed=layer.generator)


class Sampler(keras.Model):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seed_generator = keras.random.SeedGenerator()

    @tf.function
    def sample(self, n):
        return keras.ops.map(lambda i: keras.random.normal((3,), seed=self.seed_generator), keras.ops.arange(n))

    @staticmethod
    def free(n):
        return keras.random.normal((n,))


class Handed(layers.Layer):
    def __init__(self):
        super().__init__()

    def call(self, x, seed):
        return x + keras.random.normal((3,), seed=seed)


class Careless(layers.Layer):
    def __init__(self):
        self.built = True

    def call(self, x):
        return x + keras.random.normal((3,))


class Named(layers.Layer):
    def __init__(self, seed_generator):
        super().__init__()
        self.seed_generator = seed_generator

    def call(self, x):
        return x + keras.random.normal((3,))


class Loss(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return y_pred * keras.random.normal((3,))


def drop_path(x, rate=0.5, seed_generator=None):
    return x * keras.ops.floor(rate + keras.random.uniform(keras.ops.shape(x), seed=seed_generator))


def twice(x, *args, seed_generator=None, **kwargs):
    return keras.random.normal((3,), seed=seed_generator)


def seeded(x, seed=None):
    return x + keras.random.normal((3,), seed=seed)


class Path(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed_generator = keras.random.SeedGenerator()

    def call(self, x):
        return drop_path(x, seed_generator=self.seed_generator) + drop_path(x, 0.2, seed_generator=self.seed_generator) + twice(x, seed_generator=self.seed_generator) + seeded(x)


noise = drop_path(keras.random.normal((3, 3), seed=1))
