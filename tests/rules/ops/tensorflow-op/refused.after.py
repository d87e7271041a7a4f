"""Calls that no form of their row fits stay as they are."""
import keras
import tensorflow as tf


def f(x, y, sizes, given, options):
    a = tf.split(x, sizes)
    b = tf.pad(x, y, mode=given)
    c = tf.matmul(x, y, adjoint_a=True)
    d = tf.reduce_sum(*given)
    e = tf.reduce_sum(x, **options)
    g = tf.concat([x, y], axis=0, unknown=1)
    h = tf.nn.conv2d(x, y, strides=[1, 2, 2, 1], padding=[[0, 0], [1, 1], [1, 1], [0, 0]])
    j = tf.cumsum(x(), exclusive=True)
    k = map(tf.argmax, x)
    l = f"{tf.cast(x, tf.float32)}"
    m = tf.reduce_mean(keras.ops.arange(5))
    return a, b, c, d, e, g, h, j, k, l, m, tf.gather_nd(x, [[0, 1]])
