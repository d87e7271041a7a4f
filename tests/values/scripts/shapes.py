"""Shapes that are computed with: eagerly, and in layers of a model."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K

x = np.arange(24, dtype="float32").reshape(2, 3, 4)
n = 2


class Shaped(keras.layers.Layer):
    def call(self, inputs):
        shape = tf.shape(inputs)
        flat = tf.reshape(inputs, tf.concat([shape[:1], [-1]], axis=0))
        heads = tf.reshape(inputs, tf.stack([shape[0], shape[1], 2, 2]))
        batch, steps, size = tf.unstack(tf.shape(inputs))
        zeros = tf.zeros((batch, steps, size // 2))
        ones = tf.ones(tf.concat([tf.shape(inputs)[:-1], [3]], 0))
        scale = tf.cast(tf.shape(inputs)[-1], inputs.dtype)
        old = K.reshape(inputs, K.concatenate([K.shape(inputs)[:1], [4, 3]], axis=0))
        middle = tf.cast(tf.reduce_prod(tf.shape(inputs)[1:]), tf.float32)
        total = tf.reduce_sum(zeros) + tf.reduce_sum(ones) + tf.reduce_sum(heads[:, :, 0] * old[:, :3, :2])
        tiled = tf.tile(inputs[:1], [tf.shape(inputs)[0], 1, 1])
        wide = tf.expand_dims(flat, tf.rank(flat)) * scale / tf.cast(tf.shape(inputs)[1] * 2, tf.float32)
        return wide[:, :, 0] / middle + total + tf.reduce_sum(tiled) + tf.cast(tf.range(tf.shape(flat)[1]), tf.float32)


layer = Shaped()
eager = layer(tf.constant(x))
model = keras.Sequential([keras.Input((3, 4)), layer])
predicted = model.predict(x, verbose=0)

t = tf.constant(x)
result = {
    "eager": eager,
    "predicted": predicted,
    "doubled": tf.shape(t)[1:] * 2,
    "halves": tf.shape(t) // 2,
    "total": tf.reduce_prod(tf.shape(t)),
    "equal": tf.reduce_all(tf.equal(tf.shape(t)[1:], [3, 4])),
    "joined": tf.concat([tf.shape(t), [1]], 0) + 1,
    "parts": tf.stack([tf.shape(t)[0], 5]) * 2,
    "longer": tf.ones((tf.shape(t, out_type=tf.int64)[1],)),
    "added": tf.ones(tf.concat([tf.shape(t)[:-2], tf.expand_dims(tf.shape(t)[-2] * 2, axis=-1)], axis=0)),
}
