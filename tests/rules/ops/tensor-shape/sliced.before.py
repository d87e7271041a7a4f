import tensorflow as tf


def f(x: tf.Tensor):
    batch, *rest = x.shape[1:].as_list()  # K304
    return x.shape[1:].rank, (x.get_shape()[:-1]).as_list(), rest  # K304
