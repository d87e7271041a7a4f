import keras


class Merge(keras.layers.Layer):
    def build(self, input_shape):
        if isinstance(input_shape[0], (list, tuple)):
            input_shape = input_shape[0]
        self.units = input_shape[-1]

    def compute_output_shape(self, input_shape):
        several = isinstance(input_shape[0], (list, tuple))  # of inputs
        return input_shape[0] if several and not isinstance(input_shape, tuple) else input_shape
