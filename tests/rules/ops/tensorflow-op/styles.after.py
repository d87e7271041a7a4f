import tensorflow as tf
from keras import ops
from tensorflow import math as tfm
from tensorflow import reduce_sum as total


def f(x, y):
    a = ops.mean(x, axis=-1)  # why
    b = ops.sum(
        x,  # the input
        axis=[0, 1],
    )
    c = ops.sum(x, 1, True)
    d = ops.clip(x, x_min=0.0, x_max=1.0)
    e = ops.matmul(x, ops.swapaxes(y + 1, -2, -1))
    g = ops.concatenate(
        [ops.cast(a, "float32"), ops.absolute(x)],
        axis=0,
    )
    return ops.argmax(ops.gelu(g, approximate=False), axis=0), b, c, d, e
