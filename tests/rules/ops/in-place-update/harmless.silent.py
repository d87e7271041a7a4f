import keras
import numpy as np
import tensorflow as tf
from keras import ops


class Model(keras.Model):
    def __init__(self):
        super().__init__()
        self.loss_fn = keras.losses.MeanSquaredError()

    def total(self, x, y):
        loss = 0
        for one, other in zip(x, y):
            loss += ops.mean(ops.square(one - other))
        loss += ops.sum(x)
        penalty = self.loss_fn(y, x)
        penalty += loss
        return penalty

    def call(self, inputs, names, rate=0.5):
        names += ["x"]
        rate *= 2
        count = 1
        count += len(names)
        scaled = inputs * rate
        scaled += ops.ones((3,))
        self.seen += ops.sum(inputs)
        return ops.relu(scaled)


def numbers(x):
    y = np.ones(3)
    y += 1
    z = x
    z += 1
    return y + z


def pair(image, label):
    image = tf.cast(image, tf.float32)
    image /= 255.0
    return image, label


data = tf.data.Dataset.range(3).map(pair)
