"""Shapes that are taken apart, put together and computed with."""
import keras
import tensorflow as tf
from tensorflow.keras import backend as K


def f(x, y, n):
    a = keras.ops.reshape(x, (*keras.ops.shape(x)[:1], n, 4))
    b = keras.ops.shape(x)
    c = keras.ops.convert_to_tensor(keras.ops.shape(x))[1:3] * 2
    d = keras.ops.zeros((b[0], 3))
    batch, steps, _ = keras.ops.shape(x)
    s = keras.ops.convert_to_tensor(keras.ops.shape(y))
    t = s // 2
    u = keras.ops.prod(keras.ops.shape(x)[1:])
    v = (*b, 1)
    w = keras.ops.reshape(x, v)
    z = keras.ops.concatenate([keras.ops.convert_to_tensor(keras.ops.shape(x)), y], 0)
    q = K.concatenate([K.shape(x)[:-1], [3]])
    r = K.reshape(x, q)
    e = keras.ops.convert_to_tensor((*keras.ops.shape(x)[:-2], keras.ops.shape(x)[-2] * 2))
    g = keras.ops.cast(keras.ops.shape(x)[0], "float32")
    h = keras.ops.reshape(x, keras.ops.concatenate([keras.ops.convert_to_tensor(keras.ops.shape(x))[:1] * keras.ops.convert_to_tensor(keras.ops.shape(x))[1:2], keras.ops.convert_to_tensor(keras.ops.shape(x)[2:])], axis=0))
    i = keras.ops.zeros(shape=keras.ops.shape(x))
    j = keras.ops.shape(x)[0]
    k = keras.random.uniform(keras.ops.shape(x))
    l = keras.ops.stack([keras.ops.shape(x)[0], 3])
    m = l * 2
    o = keras.ops.convert_to_tensor((*keras.ops.shape(x)[:1], n)) + 1
    p = keras.ops.convert_to_tensor(keras.ops.shape(x), dtype="int64") - 1
    return a, c, d, t, u, w, z, r, e, g, h, i, j, k, m, batch, o, p
