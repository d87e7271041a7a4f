import tensorflow as tf


def f(x: tf.Tensor):
    batch, *rest = list(x.shape[1:])  # K304
    return len(x.shape[1:]), list(x.shape[:-1]), rest  # K304
