"""The imports of the migration guide, and a name that they would break."""

import numpy as np
import keras
from keras import layers
from keras.layers import Dense


def build():
    inputs = keras.Input((4,))
    x = layers.Dense(8)(inputs)
    x = keras.layers.ReLU(threshold=0.1)(x)
    x = keras.layers.Dropout(0.1)(x)
    return keras.Model(inputs, Dense(1)(x))
