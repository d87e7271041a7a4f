import keras
import tensorflow as tf


class Scale(keras.layers.Layer):
    def build(self, input_shape):
        first, *rest = input_shape.as_list()
        if input_shape.rank > 2:
            self.units = input_shape[-1].value
        self.two = [one.as_list() for one in input_shape], input_shape[0].as_list()

    def call(self, inputs):
        batch, *rest = inputs.get_shape().as_list()
        static = inputs.shape.as_list()  # with None
        n = inputs.get_shape()[1]
        if inputs.shape.ndims == 3 or inputs.get_shape().rank == 4:
            return tf.reshape(inputs, [-1, inputs.shape[1].value])
        return (
            self.helper(inputs)
        ).shape.as_list()

    def compute_output_shape(self, input_shape):
        return tuple(input_shape.as_list()[:-1]) + (self.units,)
