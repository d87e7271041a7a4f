from tensorflow import keras
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Lambda


def sampling(args, seed_generator=None):
    mean, log_var = args
    epsilon = keras.random.normal(shape=keras.ops.shape(mean), mean=0.0, stddev=1.0, seed=seed_generator)
    return mean + keras.ops.exp(log_var / 2) * epsilon + keras.random.uniform((1,), seed=seed_generator)


def encoder(inputs):
    def jitter(x, scale=1.0):
        return x + scale * keras.random.normal(keras.ops.shape(x))

    mean = keras.layers.Dense(2)(Lambda(jitter, arguments={"scale": 2.0})(inputs))
    log_var = keras.layers.Dense(2)(Lambda(function=lambda x, seed_generator=None: x + keras.random.uniform((1,), seed=seed_generator), arguments={"seed_generator": keras.random.SeedGenerator()})(inputs))
    return Lambda(sampling, output_shape=(2,), name="z", arguments={"seed_generator": keras.random.SeedGenerator(5)})([mean, log_var])
