import tensorflow as tf
from tensorflow import keras

lstm = keras.layers.LSTM(2)
one = lstm([keras.Input((4, 3)), keras.Input((2,)), keras.Input((2,))], None)
two = keras.layers.GRUCell(2).get_initial_state(None, None, "float32")


class Like(keras.layers.RNN):
    def get_initial_state(self, inputs):
        return [tf.zeros_like(inputs[:, 0])]


class Square(keras.layers.Layer):
    @property
    def state_size(self):
        return [tf.TensorShape([2, 2])]


three = keras.layers.RNN(Square())(keras.Input((4, 3)), constants=keras.Input((2,)))


class Given(keras.layers.Layer):
    state_size = 2

    def call(self, inputs, states, constants):
        return inputs + constants[0], states
