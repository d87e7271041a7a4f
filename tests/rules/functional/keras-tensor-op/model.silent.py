import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

from library import tensors


class Scaled(layers.Layer):
    def call(self, x):
        return tf.linalg.expm(tf.nn.relu(x))


def shifted(x):
    return tf.linalg.expm(x)


def read(name):
    return tf.io.decode_png(tf.io.read_file(name))


def build(x):
    inputs = keras.Input((8, 8, 3))
    tf.print(inputs)
    tf.debugging.assert_equal(inputs.shape[1], 8)
    found = tf.is_tensor(inputs) or tf.nest.flatten([inputs])
    outputs = Scaled()(inputs)
    outputs = layers.Lambda(lambda y: tf.linalg.expm(y))(outputs)
    outputs = layers.Lambda(shifted)(outputs)
    outputs = keras.ops.relu(outputs) + tf.ones((3,))
    constant = tf.linalg.expm(np.eye(3))
    shifted(tf.eye(3))
    sizes = tf.reduce_prod(inputs.shape[1:])
    model = keras.Model(inputs, outputs)
    values = tf.nn.relu(model(tf.ones((1, 8, 8, 3))))
    other = tf.linalg.expm(tensors())
    parameter = tf.linalg.expm(x)
    dataset = tf.data.Dataset.range(3).map(read)
    return model, found, constant, sizes, values, other, parameter, dataset
