import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


def block(x, filters, skip=None):
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = keras.ops.relu(x)
    if skip is not None:
        x = keras.ops.concatenate([x, skip], axis=-1)
    return keras.layers.Lambda(lambda tensor: tf.math.cumulative_logsumexp(tensor, axis=-1))(x)


def build(tensor):
    inputs = keras.Input((8, 8, 3))
    x = block(inputs, 3)
    x = block(x, 3, skip=inputs)
    size = keras.ops.shape(inputs)[1]
    y = keras.layers.Lambda(lambda tensor: tf.linalg.expm(tensor))(x + 1.0) * size
    z = keras.layers.Lambda(lambda tensor: tf.math.igamma(a=tensor[0], x=tensor[1]))([y, inputs])
    w = keras.layers.Lambda(lambda tensor_2: tf.linalg.expm(tensor_2, name=tensor))(inputs)
    labels = keras.Input((2,), dtype="int32")
    names = keras.Input((1,), dtype="string")
    codes = tf.strings.to_hash_bucket_fast(names, 10)
    unique = tf.unique(labels)
    return keras.Model([inputs, labels, names], [z, w, codes, unique])
