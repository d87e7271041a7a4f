"""What dtypes have on TensorFlow alone."""
import keras
import numpy as np
import tensorflow as tf


def update(variable, mask, inputs: tf.Tensor):
    decay = keras.ops.cast(0.5, variable.dtype.base_dtype)
    if variable.dtype.is_floating or tf.as_dtype(mask.dtype).is_integer:
        epsilon = np.finfo(inputs.dtype.as_numpy_dtype).eps
    one = inputs.dtype.as_numpy_dtype(1)
    name = inputs.dtype.name + tf.as_dtype(mask.dtype).name
    return decay, epsilon, one, name, variable.dtype.base_dtype.name
