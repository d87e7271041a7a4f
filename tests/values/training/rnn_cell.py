"""Own recurrent cells: a minimal gated unit, and one with layer normalisation inside."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K


class MinimalRNNCell(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        self.units = units
        self.state_size = units
        super(MinimalRNNCell, self).__init__(**kwargs)

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units),
                                      initializer='uniform',
                                      name='kernel')
        self.recurrent_kernel = self.add_weight(
            shape=(self.units, self.units),
            initializer='uniform',
            name='recurrent_kernel')
        self.built = True

    def call(self, inputs, states):
        prev_output = states[0]
        h = K.dot(inputs, self.kernel)
        output = h + K.dot(prev_output, self.recurrent_kernel)
        return output, [output]


class GatedCell(tf.keras.layers.AbstractRNNCell):
    """MGU: the forget gate alone."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        # one for the gate and one for the candidate
        self.gate = keras.layers.Dense(units, activation="sigmoid")
        self.candidate = keras.layers.Dense(units, activation="tanh")

    @property
    def state_size(self):
        return self.units

    @property
    def output_size(self):
        return self.units

    def build(self, input_shape):
        width = input_shape[-1] + self.units
        self.gate.build((None, width))
        self.candidate.build((None, width))
        super().build(input_shape)

    def call(self, inputs, states, training=None):
        (h,) = states
        f = self.gate(tf.concat([inputs, h], -1))
        candidate = self.candidate(tf.concat([inputs, f * h], -1))
        h = (1 - f) * h + f * candidate
        return h, [h]


x = np.linspace(-1, 1, 4 * 5 * 3, dtype="float32").reshape(4, 5, 3)
y = x.sum(axis=(1, 2))[:, None]

result = {}
for cell in (MinimalRNNCell(3), GatedCell(3), [MinimalRNNCell(2), GatedCell(3)]):
    model = keras.Sequential()
    model.add(keras.Input((5, 3)))
    model.add(keras.layers.RNN(cell))
    model.add(keras.layers.Dense(1))
    rng = np.random.RandomState(4)
    for w in model.trainable_weights:
        w.assign(rng.normal(0, 0.4, w.shape))
    model.compile("sgd", "mse")
    history = model.fit(x, y, batch_size=2, shuffle=False, verbose=0, epochs=1).history
    key = type(cell).__name__
    result[key] = history["loss"]
    result[key + " weights"] = [w.numpy() for w in model.trainable_weights]
