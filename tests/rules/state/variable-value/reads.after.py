import keras
import tensorflow as tf


class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(3,), initializer="ones")
        self.old = keras.ops.convert_to_tensor(self.w)

    def call(self, inputs):
        return inputs * keras.ops.convert_to_tensor(self.w) + keras.ops.convert_to_tensor(self.kernel)  # both


def copied(layer):
    return [keras.ops.convert_to_tensor(w) for w in layer.weights]
