import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


def block(x, filters, skip=None):
    x = layers.Conv2D(filters, 3, padding="same")(x)
    x = tf.nn.relu(x)
    if skip is not None:
        x = tf.concat([x, skip], axis=-1)
    return tf.math.cumulative_logsumexp(x, axis=-1)


def build(tensor):
    inputs = keras.Input((8, 8, 3))
    x = block(inputs, 3)
    x = block(x, 3, skip=inputs)
    size = tf.shape(inputs)[1]
    y = tf.linalg.expm(x + 1.0) * size
    z = tf.math.igamma(a=y, x=inputs)
    w = tf.linalg.expm(inputs, name=tensor)
    labels = keras.Input((2,), dtype="int32")
    names = keras.Input((1,), dtype="string")
    codes = tf.strings.to_hash_bucket_fast(names, 10)
    unique = tf.unique(labels)
    return keras.Model([inputs, labels, names], [z, w, codes, unique])
