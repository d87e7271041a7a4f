import keras
import numpy as np
import tensorflow as tf
from somewhere import helper

FLOAT = tf.float32
a = helper(1, dtype=tf.float32)
b = tf.strings.to_number("1", tf.float32)
c = tf.TensorSpec((None,), tf.int32)
d = keras.Input((1,), dtype=tf.string)
e = helper.dtype == np.float32
f = FLOAT == tf.float32 or helper.dtype == tf.string
g = tf.float32.max
h = keras.Input((3,), dtype="float32")


def parse(row):
    return row[..., tf.newaxis], row.dtype == tf.float32


data = tf.data.Dataset.range(3).map(parse)
