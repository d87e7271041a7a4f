import keras
from mine import Layer, build

batch_input_shape = (2, 3)
one = keras.layers.Dense(2, input_shape=(3,))
two = Layer(batch_input_shape=(2, 3))
three = build(keras.layers.Dense(2), batch_input_shape=(2, 3))
four = keras.layers.InputLayer(batch_input_shape=(2, 3))
five = keras.Input(batch_shape=batch_input_shape)


class Own(keras.layers.Layer):
    def __init__(self, batch_input_shape, **kwargs):
        super().__init__(**kwargs)
        self.shape = batch_input_shape


six = Own(batch_input_shape=(2, 3))


def settings(layer, shape, config):
    config["batch_input_shape"] = shape
    kept = {}
    kept["batch_input_shape"] = shape
    return layer, config, kept
