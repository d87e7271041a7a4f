import keras
import tensorflow as tf


def show(x, tensor: tf.Tensor):
    total = tf.reduce_sum(x)
    print(total.numpy(), (total + 1).numpy().item(), tensor.numpy())
    return tf.abs(total.numpy() - 1)
