import tensorflow as tf


def split_heads(x, heads, others):
    size = x.shape[-1] // heads
    shape = tf.concat([tf.shape(x)[:-1], [heads, size]], axis=0)
    y = tf.reshape(x, shape)
    batch = tf.shape(x)
    y = tf.reshape(y, tf.concat([batch[:1], tf.constant([-1])], 0))
    z = tf.zeros(tf.stack([batch[0], 3]))
    w = tf.ones(tf.concat([[2], x.shape[1:].as_list(), tf.shape(y)], axis=0))
    parts = tf.concat([x, [[1.0, 2.0]]], axis=0)
    return y, z, w, parts, tf.concat([others, [1]], 0), tf.concat(others, 0)
