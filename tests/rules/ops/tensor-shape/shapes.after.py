import keras
import tensorflow as tf


class Scale(keras.layers.Layer):
    def build(self, input_shape):
        first, *rest = list(input_shape)
        if len(input_shape) > 2:
            self.units = input_shape[-1]
        self.two = [one.as_list() for one in input_shape], list(input_shape[0])

    def call(self, inputs):
        batch, *rest = list(inputs.shape)
        static = list(inputs.shape)  # with None
        n = inputs.shape[1]
        if len(inputs.shape) == 3 or len(inputs.shape) == 4:
            return tf.reshape(inputs, [-1, inputs.shape[1]])
        return list((
            self.helper(inputs)
        ).shape)

    def compute_output_shape(self, input_shape):
        return tuple(list(input_shape)[:-1]) + (self.units,)
