"""The imports of the migration guide, and a name that they would break."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.layers import Dense, ThresholdedReLU


def build():
    inputs = keras.Input((4,))
    x = layers.Dense(8)(inputs)
    x = ThresholdedReLU(theta=0.1)(x)
    x = tf.keras.layers.Dropout(0.1)(x)
    return keras.Model(inputs, Dense(1)(x))
