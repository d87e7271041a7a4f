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


class Pair(keras.layers.Layer):
    def build(self, input_shape):
        if not isinstance(input_shape, list) or len(input_shape) != 2:
            raise ValueError("two inputs are needed")

    def compute_output_shape(self, input_shape):
        return input_shape[0] if isinstance(input_shape, list) else input_shape


class Listed(keras.layers.Layer):
    def build(self, input_shape):
        shape = list(input_shape) if isinstance(input_shape, tuple) else input_shape.as_list()
        if not isinstance(shape, (tuple, list)) or len(shape) < 1:
            raise ValueError("inputs are needed")
        if not isinstance(input_shape, (tuple, list)) or len(input_shape) < 1:
            raise ValueError("inputs are needed")
