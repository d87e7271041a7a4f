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


def halved(values):
    if tf.reduce_max(values) > 2.0:
        return values / 2.0
    return values


class Chosen(layers.Layer):
    """Control flow that depends on tensors."""

    def build(self, input_shape):
        self.kernel = self.add_weight(name="kernel", shape=(2, 2), initializer="ones")

    def call(self, inputs):
        outputs = tf.matmul(inputs, self.kernel)
        mean = tf.reduce_mean(outputs)
        if mean > 10.0:
            outputs = outputs * 2.0
        else:
            outputs = outputs * 3.0
        if mean > 0.0 and not mean > 5.0:
            outputs += mean + 1.0
            mean = -mean
        low = mean < 0.0 or mean > 100.0
        outputs = outputs + tf.cast(low, "float32") * float(tf.reduce_max(inputs))
        for _ in tf.range(3):
            outputs = halved(outputs)
        return outputs if tf.reduce_min(outputs) < 0.0 else -outputs


class Error(tf.keras.losses.Loss):
    def call(self, y_true, y_pred):
        error = tf.reduce_mean(tf.square(y_true - y_pred), axis=-1)
        return tf.sqrt(error) if tf.reduce_max(error) > 1.0 else error


def chosen():
    inputs = tf.keras.Input((3, 2))
    model = tf.keras.Model(inputs, Chosen()(inputs))
    model.compile(tf.keras.optimizers.SGD(0.1), Error())
    history = model.fit(x, x, epochs=2, verbose=0).history
    return [model.predict(x, verbose=0), np.array(history["loss"], "float32")]


def compared():
    inputs = tf.keras.Input((3, 2))
    outputs = tf.cast(inputs == 2.0, "float32") + tf.abs(tf.concat([inputs, -inputs], 1))[:, 1:4]
    return tf.keras.Model(inputs, outputs).predict(x, verbose=0)


result = {"attended": attended(), "compared": compared()}
result |= {f"gated{i}": one for i, one in enumerate(gated())}
result |= {f"chosen{i}": one for i, one in enumerate(chosen())}
