from tensorflow import keras
from tensorflow.keras import layers


class Flat(layers.Flatten):
    def call(self, inputs):
        return super().call(inputs) * 2


class Known(layers.Layer):
    def call(self, inputs):
        return inputs

    def compute_output_shape(self, input_shape):
        return super().compute_output_shape(input_shape)


class Functional(keras.Model):
    def __init__(self):
        inputs = keras.Input((3,))
        super().__init__(inputs, layers.Dense(2)(inputs))


class Plain(layers.Layer):
    def call(self, inputs):
        return inputs


class Other:
    def call(self, inputs):
        return inputs


inputs = keras.Input((5, 3))
layers.TimeDistributed(Flat())(inputs)
layers.TimeDistributed(Known())(inputs)
layers.TimeDistributed(Functional())(inputs)
layers.TimeDistributed(layers.Dense(2))(inputs)
layers.TimeDistributed(keras.Sequential([Plain()]))(inputs)
Plain()(inputs)
layers.Dense(2).compute_output_shape((None, 3))
Other().compute_output_shape((None, 3))


def unknown(layer):
    layer.compute_output_shape((None, 3))
    return layers.TimeDistributed(layer)
