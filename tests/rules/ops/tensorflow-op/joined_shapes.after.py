import keras
import tensorflow as tf


def split_heads(x, heads, others):
    size = x.shape[-1] // heads
    shape = (*keras.ops.shape(x)[:-1], heads, size)
    y = keras.ops.reshape(x, shape)
    batch = keras.ops.shape(x)
    y = keras.ops.reshape(y, (*batch[:1], -1))
    z = keras.ops.zeros((batch[0], 3))
    w = keras.ops.ones((2, *x.shape[1:].as_list(), *keras.ops.shape(y)))
    parts = keras.ops.concatenate([x, keras.ops.convert_to_tensor([[1.0, 2.0]])], axis=0)
    return y, z, w, parts, keras.ops.concatenate([others, keras.ops.convert_to_tensor([1])], 0), keras.ops.concatenate(others, 0)
