import keras
import tensorflow as tf
from mine import Recurrent, read

inputs, h = keras.Input((4, 3)), keras.Input((2,))
states = read()
gru = keras.layers.GRU(2)
one = gru(inputs, initial_state=[h])
two = keras.layers.Concatenate()([inputs, inputs])
three = Recurrent(2)([inputs, h])
four = gru(states)
five = gru(inputs + inputs)
six = gru.get_initial_state(2)
seven = gru.get_initial_state(batch_size=keras.ops.shape(inputs)[0])
eight = gru.get_initial_state(tf.shape(inputs)[0])
nine = gru.get_initial_state(inputs.shape[0])
ten = Recurrent(2).get_initial_state(inputs)
eleven = keras.layers.TimeDistributed(keras.layers.Concatenate())([inputs, inputs])


def begin(size):
    return gru.get_initial_state(size)


class Cell(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.state_size = units
        self.shape = tf.TensorShape([units])

    def get_initial_state(self, inputs=None, batch_size=None, dtype=None):
        return keras.ops.zeros((batch_size, self.state_size))


class Keras3(keras.layers.RNN):
    def get_initial_state(self, batch_size):
        return [keras.ops.zeros((batch_size, 2))]


class Own(keras.layers.GRU):
    def get_initial_state(self, *args, **kwargs):
        return super().get_initial_state(*args, **kwargs)


class Other(keras.layers.Layer):
    def get_initial_state(self, inputs):
        return inputs


class Attended(keras.layers.LSTM):
    def build(self, input_shape):
        super().build(input_shape)

    def call(self, inputs):
        return inputs[0]


attended = Attended(2)([inputs, h])


class Sequences(keras.layers.GRU):
    def call(self, sequences, **kwargs):
        return super().call(sequences, **kwargs)


class Anything(keras.layers.GRU):
    def call(self, *args, **kwargs):
        return super().call(*args, **kwargs)


class Dense(keras.layers.Dense):
    def call(self, x):
        return super().call(x)


Recurrent(2)(inputs, constants=h)
gru(inputs, constants=None)


class Given(keras.layers.Layer):
    state_size = 2

    def call(self, inputs, states, constants=None):
        return inputs, states


class NoCell(keras.layers.Layer):
    def call(self, inputs, constants):
        return inputs + constants
