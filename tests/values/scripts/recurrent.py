"""Recurrent layers: their states, own cells, and shapes with a batch size."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K

x = np.random.RandomState(0).rand(2, 4, 3).astype("float32")
ones = {"kernel_initializer": "ones", "recurrent_initializer": "ones"}


class Ones(keras.layers.RNN):
    def get_initial_state(self, inputs):
        return [tf.ones((tf.shape(inputs)[0], 2))]


class Cell(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = tf.TensorShape([units])

    def build(self, input_shape):
        self.w = self.add_weight(
            name="w", shape=(input_shape[-1], self.units), initializer="ones"
        )

    def call(self, inputs, states):
        h = K.dot(inputs, self.w) + states[0]
        return h, [h]


class Writer(keras.Model):
    def __init__(self):
        super().__init__()
        self.gru = keras.layers.GRU(2, return_state=True, **ones)

    def call(self, inputs, states=None):
        if states is None:
            states = self.gru.get_initial_state(inputs)
        return self.gru(inputs, initial_state=states)


class Doubled(keras.layers.GRU):
    def call(self, inputs, mask=None, training=None, initial_state=None):
        inputs = inputs * 1.0
        outputs = super().call(inputs, mask=mask, training=training, initial_state=initial_state)
        return outputs * 2


class Scaled(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(name="w", shape=(3,), initializer="ones", trainable=None)

    def call(self, inputs):
        return inputs * self.w


scaled = Scaled()
scaled(x)
inputs, h, c = keras.Input((4, 3)), keras.Input((2,)), keras.Input((2,))
states = [h, c]
listed = keras.Model([inputs, h, c], keras.layers.LSTM(2, **ones)([inputs, h, c]))
added = keras.Model([inputs, h, c], keras.layers.LSTM(2, **ones)([inputs] + states))

stateful = keras.Sequential()
stateful.add(keras.layers.LSTM(2, stateful=True, batch_input_shape=(2, 4, 3), **ones))
stateful.add(keras.layers.Dense(1, kernel_initializer="ones"))
first = stateful(x)
second = stateful(x)
stateful.reset_states()

begun = [x, np.ones((2, 2), "float32"), np.zeros((2, 2), "float32")]
result = {
    "trained": len(scaled.trainable_weights),
    "doubled": Doubled(2, **ones)(x),
    "listed": listed.predict(begun, verbose=0),
    "added": added.predict(begun, verbose=0),
    "own states": Ones(keras.layers.SimpleRNNCell(2, **ones))(x),
    "own cell": keras.layers.RNN(Cell(2))(x),
    "written": Writer()(x)[0],
    "cell": keras.layers.LSTMCell(3).get_initial_state(inputs=x)[0],
    "stateful": [first, second, stateful(x)],
}

time_steps = np.linspace(-1.0, 1.0, 24).reshape(4, 3, 2).astype("float32")
result["time major"] = tf.keras.layers.GRU(2, kernel_initializer="ones", recurrent_initializer="ones", time_major=True)(time_steps)
result["time major, sequences"] = tf.keras.layers.LSTM(
    2, kernel_initializer="ones", recurrent_initializer="ones", return_sequences=True, time_major=True
)(tf.constant(time_steps))
