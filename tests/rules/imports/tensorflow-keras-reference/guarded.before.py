import zlib
import tensorflow
import abc

try:
    import tensorflow as tf
except ImportError:
    tf = None


def build():
    if tf is None:
        return None
    return tf.keras.Model()


def lazy():
    import tensorflow.keras.layers

    return tensorflow.keras.layers.Dense(1)
