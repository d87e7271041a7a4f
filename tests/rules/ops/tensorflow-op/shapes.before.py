"""Shapes that are taken apart, put together and computed with."""
import tensorflow as tf
from tensorflow.keras import backend as K


def f(x, y, n):
    a = tf.reshape(x, tf.concat([tf.shape(x)[:1], [n, 4]], axis=0))
    b = tf.shape(x)
    c = tf.shape(x)[1:3] * 2
    d = tf.zeros(tf.stack([b[0], 3]))
    batch, steps, _ = tf.unstack(tf.shape(x))
    s = tf.shape(y)
    t = s // 2
    u = tf.reduce_prod(tf.shape(x)[1:])
    v = tf.concat([b, [1]], 0)
    w = tf.reshape(x, v)
    z = tf.concat([tf.shape(x), y], 0)
    q = K.concatenate([K.shape(x)[:-1], [3]])
    r = K.reshape(x, q)
    e = tf.concat([tf.shape(x)[:-2], tf.expand_dims(tf.shape(x)[-2] * 2, axis=-1)], axis=0)
    g = tf.cast(tf.shape(x)[0], tf.float32)
    h = tf.reshape(x, tf.concat([tf.shape(x)[:1] * tf.shape(x)[1:2], tf.shape(x)[2:]], axis=0))
    i = tf.zeros(shape=tf.shape(x))
    j = tf.shape(x, out_type=tf.int64)[0]
    k = tf.random.uniform(tf.shape(x))
    l = tf.stack([tf.shape(x)[0], 3])
    m = l * 2
    o = tf.concat([tf.shape(x)[:1], [n]], axis=0) + 1
    p = tf.shape(x, out_type=tf.int64) - 1
    return a, c, d, t, u, w, z, r, e, g, h, i, j, k, m, batch, o, p
