import keras
import tensorflow as tf


def f(value, kind, annotated: tf.Tensor) -> tf.Variable:
    if isinstance(value, (tf.Variable, keras.Variable)):
        return value
    if isinstance(value, (tf.Tensor, tf.RaggedTensor)) or isinstance(value, tf.SparseTensor):
        return tf.Variable(1.0)
    return kind is tf.Tensor or isinstance(value, kind) or issubclass(kind, tf.Variable)
