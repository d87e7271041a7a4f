"""Names that only look like TensorFlow's."""

import keras
import tensorflow as tf
import tf_keras as legacy
from mypackage import tf as other


def shadowed(tf):
    return tf.keras.layers.Dense(3)


def rebound():
    tf = legacy
    return tf.keras.layers.Dense(3)


unknown = other.keras.layers.Dense(3)
text = "tf.keras.layers.Dense"
gone = tf.keras.layers.LocallyConnected1D
kept = tf.keras.layers.RandomHeight
fine = keras.layers.Dense(3)
not_public = tf.keras2.layers
