"""Names that TensorFlow 1 had for ops and their arguments, and private ones."""
import keras
import tensorflow as tf
import tensorflow.compat.v1 as tf1
from tensorflow.python.ops import array_ops, math_ops
from tensorflow.python.util import nest


def f(x, y):
    a = keras.ops.sum(x, axis=1, keepdims=True)
    b = keras.ops.log(keras.ops.cast(x, dtype="float32"))
    c = keras.ops.mean(x, axis=[0])
    d = keras.ops.maximum(keras.ops.zeros_like(x), keras.ops.cast(y, "float32"))
    e = keras.ops.expand_dims(x, axis=0)
    g = keras.tree.flatten([a, b])
    h = keras.ops.softmax(x, axis=-1)
    i = tf1.nn.dropout(x, keep_prob=0.5)
    return c, d, e, g, h, i
