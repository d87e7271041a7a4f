import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K

inputs, h, c = keras.Input((4, 3)), keras.Input((2,)), keras.Input((2,))
states = [h, c]
lstm = keras.layers.LSTM(2, return_state=True)
one = lstm(inputs, initial_state=[h, c])
two = lstm(inputs, initial_state=states)
three = keras.layers.Bidirectional(lstm)(inputs, initial_state=[h, c, h, c], training=True)
four = lstm(
    inputs, initial_state=[h,
        c]
)
five = keras.layers.RNN(keras.layers.GRUCell(2))(inputs, initial_state=[h])

six = lstm.get_initial_state(batch_size=keras.ops.shape(inputs)[0])
eight = keras.layers.LSTMCell(2).get_initial_state(batch_size=keras.ops.shape(inputs)[0])
nine = keras.layers.GRUCell(2).get_initial_state(batch_size=2)
ten = keras.layers.GRUCell(2).get_initial_state(batch_size=2)


class Writer(keras.Model):
    def __init__(self):
        super().__init__()
        self.embedding = keras.layers.Embedding(10, 4)
        self.gru = keras.layers.GRU(4, return_state=True)

    def call(self, inputs, states=None):
        x = self.embedding(inputs)
        if states is None:
            states = self.gru.get_initial_state(batch_size=keras.ops.shape(x)[0])
        return self.gru(x, initial_state=states)


class Raw(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.gru = keras.layers.GRU(4)

    def call(self, x):
        return self.gru.get_initial_state(batch_size=keras.ops.shape(x)[0])


class Ones(keras.layers.RNN):
    def get_initial_state(self, batch_size):
        return [tf.ones((batch_size, 2)), K.ones((batch_size, batch_size))]


class Cell(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = units

    def get_initial_state(self, batch_size):
        return tf.zeros((batch_size, self.units))


class Cells(keras.layers.Layer):
    @property
    def state_size(self):
        return [2, 3]


class Doubled(keras.layers.LSTM):
    def call(self, sequences, mask=None, **kwargs):
        """Twice the outputs."""
        sequences = sequences * 1.0
        doubled = [sequences * 2 for _ in range(2)]
        outputs = super().call(sequences, mask=mask, **kwargs)
        return outputs + doubled[0][:, 0] + sequences.shape[0]
