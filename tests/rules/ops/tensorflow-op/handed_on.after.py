"""Ops that are handed on as functions."""
import functools

import keras
import tensorflow as tf

dense = keras.layers.Dense(3, activation=keras.ops.relu)
squared = keras.layers.Lambda(keras.ops.square)
activations = [keras.ops.tanh, keras.ops.sigmoid]
total = functools.reduce(tf.add, [1, 2])
sums = map(keras.ops.sum, [[1.0], [2.0]])

# With another default, or a part of something else.
smooth = keras.layers.Dense(3, activation=tf.nn.gelu)
first = map(tf.argmax, [[1.0], [2.0]])
named = tf.nn.relu.__name__


def activation(name):
    if name is None:
        return keras.ops.copy
    found = keras.ops.elu if name == "elu" else keras.ops.softplus
    return found
