import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

shared = tf.random_uniform_initializer(-1, maxval=1)
seeded = tf.random_normal_initializer(0.0, 0.1, 3)


class Linear(layers.Layer):
    def __init__(self):
        super().__init__()
        self.initializer = tf.random_normal_initializer(stddev=0.02)
        self.dense = layers.Dense(3, "relu", True, tf.random_normal_initializer())

    def build(self, input_shape):
        once = tf.random_normal_initializer()
        often = tf.random_normal_initializer()
        again = tf.random_uniform_initializer()
        self.a = self.add_weight(shape=(3,), initializer=once)
        self.b = [self.add_weight(shape=(3,), initializer=often) for _ in range(2)]
        self.c = self.add_weight(shape=(3,), initializer=again)
        self.d = self.add_weight(shape=(3,), initializer=again)
        self.e = self.add_weight(shape=(3,), initializer=tf.zeros_initializer)
        self.f = self.add_weight(shape=(3,), initializer=tf.constant_initializer(2.0))
        self.g = self.add_weight(shape=(3,), initializer=tf.constant_initializer(value=np.ones(3)))
        self.h = self.add_weight(shape=(3,), initializer=tf.ones_initializer())
