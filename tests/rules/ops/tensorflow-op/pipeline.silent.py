"""What tf.data runs stays TensorFlow, and so do names that only look like ops."""
import functools

import numpy as np
import tensorflow as tf


def scale(image, label):
    return normalise(image), tf.cast(label, tf.int32)


def normalise(image):
    return tf.cast(image, tf.float32) / tf.reduce_max(image)


def parse(width, line):
    return tf.reshape(line, [width])


class Pipeline:
    def step(self, x):
        return tf.reduce_sum(x)

    def build(self):
        return tf.data.Dataset.range(3).filter(self.step)


dataset = tf.data.Dataset.from_tensor_slices(([1], [2])).map(scale).batch(2)
dataset = dataset.map(lambda x, y: (tf.abs(x), y)).map(functools.partial(parse, 3))


def shadowed(tf, x):
    return tf.reduce_mean(x)


class tfx:
    @staticmethod
    def reduce_mean(x):
        return np.mean(x)


value = tfx.reduce_mean([1])
unknown = tf.no_such_op(3)
module = tf.math
