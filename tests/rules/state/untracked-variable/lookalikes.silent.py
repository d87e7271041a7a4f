import keras
import tensorflow as tf

step = tf.Variable(0)


class Plain:
    def __init__(self):
        self.w = tf.Variable(1.0)


class Module(tf.Module):
    def __init__(self):
        self.w = tf.Variable(1.0)


class Dense(keras.layers.Layer):
    def build(self, input_shape):
        local = tf.Variable(1.0)
        other.w = tf.Variable(1.0)
        self.w = self.add_weight(shape=(3,), initializer=lambda shape, dtype: tf.ones(shape))
        self.b = keras.Variable(1.0)
        print(isinstance(self.w, tf.Variable), local)
