import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K

inputs, h, c = keras.Input((4, 3)), keras.Input((2,)), keras.Input((2,))
states = [h, c]
lstm = keras.layers.LSTM(2, return_state=True)
one = lstm([inputs, h, c])
two = lstm([inputs] + states)
three = keras.layers.Bidirectional(lstm)([inputs, h, c, h, c], training=True)
four = lstm(
    [
        inputs,
        h,
        c,
    ]
)
five = keras.layers.RNN(keras.layers.GRUCell(2))([inputs, h])

six = lstm.get_initial_state(inputs)
eight = keras.layers.LSTMCell(2).get_initial_state(inputs=inputs)
nine = keras.layers.GRUCell(2).get_initial_state(None, 2, tf.float32)
ten = keras.layers.GRUCell(2).get_initial_state(batch_size=2, dtype="float32")


class Writer(keras.Model):
    def __init__(self):
        super().__init__()
        self.embedding = keras.layers.Embedding(10, 4)
        self.gru = keras.layers.GRU(4, return_state=True)

    def call(self, inputs, states=None):
        x = self.embedding(inputs)
        if states is None:
            states = self.gru.get_initial_state(x)
        return self.gru(x, initial_state=states)


class Raw(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.gru = keras.layers.GRU(4)

    def call(self, x):
        return self.gru.get_initial_state(x)


class Ones(keras.layers.RNN):
    def get_initial_state(self, inputs):
        return [tf.ones((tf.shape(inputs)[0], 2)), K.ones((K.shape(inputs)[0], inputs.shape[0]))]


class Cell(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.state_size = tf.TensorShape([units])

    def get_initial_state(self, inputs):
        return tf.zeros((tf.shape(inputs)[0], self.units))


class Cells(keras.layers.Layer):
    @property
    def state_size(self):
        return [tf.TensorShape([2]), tf.TensorShape((3,))]


class Doubled(keras.layers.LSTM):
    def call(self, inputs, mask=None, **kwargs):
        """Twice the outputs."""
        inputs = inputs * 1.0
        doubled = [inputs * 2 for _ in range(2)]
        outputs = super().call(inputs, mask=mask, **kwargs)
        return outputs + doubled[0][:, 0] + inputs.shape[0]
