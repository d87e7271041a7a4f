import tensorflow as tf

import keras
layers = keras.layers
K = keras.backend

model = keras.Sequential([layers.Dense(3), keras.layers.ReLU()])


def build():
    import keras
    return keras.layers.Dense(keras.backend.epsilon())
