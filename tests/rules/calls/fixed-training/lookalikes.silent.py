import keras
import numpy as np

model = keras.Sequential([keras.layers.Dropout(0.5)])
model(np.ones((1, 3)), training=True)
inputs = keras.Input((3,))
keras.layers.Dropout(0.5)(inputs)
keras.layers.Dropout(0.5)(inputs, training=None)


class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.dropout = keras.layers.Dropout(0.5)

    def call(self, inputs, training=None):
        return self.dropout(inputs, training=True)


def step(inputs):
    return model(inputs, training=True)
