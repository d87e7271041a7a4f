import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

from library import make


class Own:
    def __call__(self, x, training):
        return x


class Called(layers.Layer):
    def __call__(self, x, training=None):
        return super().__call__(x, training=training)


class Cell(layers.Layer):
    def call(self, inputs, states, mask=None, x_mask=None):
        if mask is not None and states is not None:
            inputs = inputs if tf.reduce_any(x_mask) else states
        return inputs, states


class Block(layers.Layer):
    def __init__(self, scale):
        super().__init__()
        self.scale = scale
        self.weight = self.add_weight("w", (3,))
        self.drop = layers.Dropout(0.1)
        self.cell = Cell()
        self.attention = layers.Attention()
        self.heads = layers.MultiHeadAttention(2, 2)
        self.flip = layers.RandomFlip()
        self.rnn = layers.LSTM(2)
        self.own = Own()
        self.called = Called()
        self.made = make()

    def call(self, x, y=None, mask=None, training=None, scale: tf.Tensor = None):
        x = self.drop(x, training=training)
        x, states = self.cell(x, [x, x])
        x, states = self.cell(x, y)
        x, states = self.cell(x, self.weight)
        x, states = self.cell(x, (None, x))
        x, states = self.cell(x, None)
        x, states = self.cell(x, x, mask)
        x, states = self.cell(x, scale)
        x, states = self.cell(x, self.scale)
        x, states = self.cell(x, tf.reduce_mean(x), training=True)
        x = self.attention([x, x], mask=mask)
        x = self.attention([x, x], [None, tf.ones((2, 3), "bool")])
        x = self.heads(x, x, x, attention_mask=mask)
        x = self.heads(x, x, None)
        x = self.flip(x, training)
        x = self.rnn(x, states)
        x = self.own(x, training)
        x = self.called(x, training)
        x = self.made(x, training)
        x = self.drop.call(x, training)
        x = super().call(x, training)
        return self.helper(x, True)

    def helper(self, x, flag):
        return x if flag else -x


output = layers.Dense(3)(np.ones((2, 3)))
arguments = (output, True)
output = Block(2.0)(*arguments)
output = Block(2.0)(output, *arguments)
output = layers.Rescaling(2.0)(output)
output = tf.nn.dropout(output, 0.5)


class Kernels(tf.keras.Model):
    def __init__(self, kernel: tf.keras.Model, other: layers.Layer):
        super().__init__()
        self.kernel = kernel
        self.other = other

    def call(self, x, y):
        return self.kernel(x, y) + self.other(x, y)


def distance(kernel: tf.keras.Model, x, y):
    return kernel(x, y)
