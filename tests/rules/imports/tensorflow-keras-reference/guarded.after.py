import zlib
import tensorflow
import keras
import abc

try:
    import tensorflow as tf
    import keras
except ImportError:
    tf = None


def build():
    if tf is None:
        return None
    return keras.Model()


def lazy():
    import tensorflow.keras.layers

    return keras.layers.Dense(1)
