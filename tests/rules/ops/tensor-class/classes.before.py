"""Asking whether something is a tensor or a variable."""
import numpy as np
import tensorflow as tf


def convert(value, values):
    if isinstance(value, tf.Variable):
        value = value.read_value()
    elif not isinstance(value, tf.Tensor):
        raise TypeError(value)
    if not isinstance(value, (np.ndarray, tf.Tensor)):
        return None
    if isinstance(value, (tf.Tensor, tf.Variable)):
        return [isinstance(one, (tf.Tensor, list)) for one in values]
    return isinstance(values[0](), (tf.Tensor, list))
