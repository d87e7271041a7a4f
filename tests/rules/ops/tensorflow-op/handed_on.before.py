"""Ops that are handed on as functions."""
import functools

import keras
import tensorflow as tf

dense = keras.layers.Dense(3, activation=tf.nn.relu)
squared = keras.layers.Lambda(tf.square)
activations = [tf.nn.tanh, tf.nn.sigmoid]
total = functools.reduce(tf.add, [1, 2])
sums = map(tf.reduce_sum, [[1.0], [2.0]])

# With another default, or a part of something else.
smooth = keras.layers.Dense(3, activation=tf.nn.gelu)
first = map(tf.argmax, [[1.0], [2.0]])
named = tf.nn.relu.__name__


def activation(name):
    if name is None:
        return tf.identity
    found = tf.nn.elu if name == "elu" else tf.nn.softplus
    return found
