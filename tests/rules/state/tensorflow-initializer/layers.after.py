import keras
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

shared = keras.initializers.RandomUniform(-1, maxval=1, seed=keras.random.SeedGenerator())
seeded = keras.initializers.RandomNormal(0.0, 0.1, 3)


class Linear(layers.Layer):
    def __init__(self):
        super().__init__()
        self.initializer = keras.initializers.RandomNormal(stddev=0.02, seed=keras.random.SeedGenerator())
        self.dense = layers.Dense(3, "relu", True, keras.initializers.RandomNormal())

    def build(self, input_shape):
        once = keras.initializers.RandomNormal()
        often = keras.initializers.RandomNormal(seed=keras.random.SeedGenerator())
        again = keras.initializers.RandomUniform(seed=keras.random.SeedGenerator())
        self.a = self.add_weight(shape=(3,), initializer=once)
        self.b = [self.add_weight(shape=(3,), initializer=often) for _ in range(2)]
        self.c = self.add_weight(shape=(3,), initializer=again)
        self.d = self.add_weight(shape=(3,), initializer=again)
        self.e = self.add_weight(shape=(3,), initializer=keras.initializers.Zeros)
        self.f = self.add_weight(shape=(3,), initializer=keras.initializers.Constant(2.0))
        self.g = self.add_weight(shape=(3,), initializer=keras.initializers.Constant(value=np.ones(3)))
        self.h = self.add_weight(shape=(3,), initializer=keras.initializers.Ones())
