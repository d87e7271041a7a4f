import keras
from tensorflow.keras import layers


class Scale(layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight((3, 4), initializer="zeros")
        self.shift = self.add_weight(input_shape[1:], "zeros")


class Velocity(keras.optimizers.Optimizer):
    def build(self, variables):
        self.velocities = [self.add_variable_from_reference(one, "velocity") for one in variables]


layers.Attention().compute_mask(inputs=inputs, mask=mask)
