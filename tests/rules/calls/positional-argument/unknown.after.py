import tensorflow as tf

from library import Block


class Wrapped(Block, tf.keras.layers.Layer):
    pass


class Many(tf.keras.layers.Layer):
    def call(self, *inputs):
        return inputs[0]


x = tf.ones((2, 3))
wrapped = Many()(x, 2)
Many()(x, [x, 1.0])
