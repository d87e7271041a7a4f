import keras
import tensorflow as tf


class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(3,), initializer="ones")
        self.old = self.w.read_value()

    def call(self, inputs):
        return inputs * self.w.value() + self.kernel.read_value()  # both


def copied(layer):
    return [w.read_value() for w in layer.weights]
