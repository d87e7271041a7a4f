import keras
import tensorflow as tf
from keras import ops


class Layer(keras.layers.Layer):
    def __init__(self, limit):
        super().__init__()
        self.limit = limit
        self.either = 1.0
        self.either = self.add_weight(shape=())
        self.w = self.add_weight(shape=(3,))

    def call(self, inputs):
        for part in self.parts:
            inputs = ops.zeros_like(part) + inputs
        for index, v in enumerate(self.variables):
            inputs = ops.where(inputs > 0, inputs, index)
        inputs = ops.clip(inputs, -self.limit, self.either) + ops.maximum(self.w, 0.0)
        return ops.where(inputs > 0, self.w + 1.0, ops.convert_to_tensor(self.w))


x = ops.zeros_like([1.0])
