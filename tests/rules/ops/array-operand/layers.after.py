import keras
import numpy as np
from keras import ops


class Masked(keras.layers.Layer):
    def __init__(self, width):
        super().__init__()
        self.mask = np.array([0.0, 1.0])
        self.weights_of = np.arange(width) / width

    def call(self, inputs):
        kept = inputs * ops.convert_to_tensor(self.mask, inputs.dtype)
        rest = ops.convert_to_tensor(1 - self.mask, dtype=self.compute_dtype) * ops.exp(inputs + 1)  # what is hidden
        return kept + rest @ self.weights_of

    def outside(self, inputs):
        return np.ones(3) * ops.exp(inputs)
