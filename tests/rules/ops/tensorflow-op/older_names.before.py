"""Names that TensorFlow 1 had for ops and their arguments, and private ones."""
import tensorflow as tf
import tensorflow.compat.v1 as tf1
from tensorflow.python.ops import array_ops, math_ops
from tensorflow.python.util import nest


def f(x, y):
    a = tf.reduce_sum(x, axis=1, keep_dims=True)
    b = tf.log(tf.to_float(x))
    c = tf1.reduce_mean(x, reduction_indices=[0])
    d = math_ops.maximum(array_ops.zeros_like(x), math_ops.cast(y, tf.float32))
    e = array_ops.expand_dims(x, dim=0)
    g = nest.flatten([a, b])
    h = tf.nn.softmax(x, dim=-1)
    i = tf1.nn.dropout(x, keep_prob=0.5)
    return c, d, e, g, h, i
