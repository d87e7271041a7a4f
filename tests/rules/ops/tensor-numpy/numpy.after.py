import keras
import tensorflow as tf


def show(x, tensor: tf.Tensor):
    total = tf.reduce_sum(x)
    print(keras.ops.convert_to_numpy(total), keras.ops.convert_to_numpy(total + 1).item(), keras.ops.convert_to_numpy(tensor))
    return tf.abs(keras.ops.convert_to_numpy(total) - 1)
