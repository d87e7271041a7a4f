"""What dtypes have on TensorFlow alone."""
import keras
import numpy as np
import tensorflow as tf


def update(variable, mask, inputs: tf.Tensor):
    decay = keras.ops.cast(0.5, variable.dtype)
    if keras.backend.is_float_dtype(variable.dtype) or keras.backend.is_int_dtype(mask.dtype):
        epsilon = np.finfo(keras.backend.standardize_dtype(inputs.dtype)).eps
    one = inputs.dtype.as_numpy_dtype(1)
    name = keras.backend.standardize_dtype(inputs.dtype) + keras.backend.standardize_dtype(mask.dtype)
    return decay, epsilon, one, name, keras.backend.standardize_dtype(variable.dtype)
