import tensorflow as tf
from keras import ops
from tensorflow import math as tfm
from tensorflow import reduce_sum as total


def f(x, y):
    a = tf.reduce_mean(x, axis=-1)  # why
    b = tfm.reduce_sum(
        x,  # the input
        axis=[0, 1],
        name="b",
    )
    c = total(x, 1, True)
    d = tf.clip_by_value(x, clip_value_min=0.0, clip_value_max=1.0)
    e = tf.matmul(x, y + 1, transpose_b=True)
    g = tf.concat(
        [tf.cast(a, tf.float32), tf.abs(x)],
        axis=0,
    )
    return tf.argmax(tf.nn.gelu(g)), b, c, d, e
