"""Arguments, tensors and control flow where a model is built and called."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

x = np.array([[[1.0, -2.0], [0.5, 3.0], [2.0, 1.0]]], "float32")
on = np.array([[[True, False, True], [True, True, False], [False, True, True]]])


class Gate(layers.Layer):
    def call(self, inputs, mask=None, training=None, mode="double", size=(1, 1)):
        outputs = inputs * 2.0 if mode == "double" else inputs
        if mask is not None:
            outputs = outputs * tf.cast(mask, "float32")[..., None]
        return outputs * float(size[0]) if training else outputs


class Gates(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.gate = Gate()
        self.dropout = layers.Dropout(0.5)

    def call(self, inputs, mask=None, training=None):
        outputs = self.gate(inputs, mask, training)
        outputs = self.gate(outputs, None, training, "single", (3, 1))
        return self.dropout(outputs, False) + self.gate(outputs, tf.reduce_sum(inputs, -1) > 0)


def attended():
    layer = layers.MultiHeadAttention(1, 2, kernel_initializer="ones")
    return layer(x, x, x, on)


def gated():
    model = Gates()
    return [model(x), model(x, None, True), model(x, on[:, 0])]


result = {"attended": attended(), **{f"gated{i}": one for i, one in enumerate(gated())}}
