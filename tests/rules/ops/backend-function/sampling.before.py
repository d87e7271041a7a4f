from tensorflow import keras
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Lambda


def sampling(args):
    mean, log_var = args
    epsilon = K.random_normal(shape=K.shape(mean), mean=0.0, stddev=1.0, seed=5)
    return mean + K.exp(log_var / 2) * epsilon + K.random_uniform((1,))


def encoder(inputs):
    def jitter(x, scale=1.0):
        return x + scale * K.random_normal(K.shape(x))

    mean = keras.layers.Dense(2)(Lambda(jitter, arguments={"scale": 2.0})(inputs))
    log_var = keras.layers.Dense(2)(Lambda(function=lambda x: x + K.random_uniform((1,)))(inputs))
    return Lambda(sampling, output_shape=(2,), name="z")([mean, log_var])
