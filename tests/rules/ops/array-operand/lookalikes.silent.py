import keras
import numpy as np


class Masked(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.mask = np.array([0.0, 1.0])

    def call(self, inputs, scale=2):
        table = self.mask * scale + np.ones(2)
        return inputs, table * np.float32(2), 2 * inputs


def outside(inputs):
    return np.ones(3) * inputs
