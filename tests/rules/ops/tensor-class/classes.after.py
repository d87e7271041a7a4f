"""Asking whether something is a tensor or a variable."""
import keras
import numpy as np
import tensorflow as tf


def convert(value, values):
    if isinstance(value, (tf.Variable, keras.Variable)):
        value = value.read_value()
    elif not keras.ops.is_tensor(value):
        raise TypeError(value)
    if not (keras.ops.is_tensor(value) or isinstance(value, np.ndarray)):
        return None
    if keras.ops.is_tensor(value) or isinstance(value, (tf.Variable, keras.Variable)):
        return [(keras.ops.is_tensor(one) or isinstance(one, list)) for one in values]
    return isinstance(values[0](), (tf.Tensor, list))
