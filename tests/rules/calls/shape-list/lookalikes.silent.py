import keras
import tensorflow as tf


class Merge(keras.layers.Layer):
    def __init__(self, shapes):
        super().__init__()
        assert isinstance(shapes, list)

    def build(self, input_shape):
        if isinstance(input_shape[0], (list, tuple)) or isinstance(input_shape, dict):
            return
        assert isinstance(input_shape, tf.TensorShape)

    def call(self, inputs):
        return inputs[0] if isinstance(inputs, list) else inputs


class Plain:
    def build(self, input_shape):
        return isinstance(input_shape, list)
