"""Nothing here uses TensorFlow any more."""
import keras
import tensorflow as tf
import tensorflow.keras.layers, os
from tensorflow import data, nn
from tensorflow import (
    io,
    linalg,
)
import tensorflow as other; import sys

layer = keras.layers.Dense(3)
kept = nn, os, sys


def lazy():
    import tensorflow as tf


def lazy_too(x):
    import tensorflow as tf

    return x
