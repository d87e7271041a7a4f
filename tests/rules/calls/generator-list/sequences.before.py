import tensorflow as tf
from tensorflow.keras.utils import Sequence


class Pairs(Sequence):
    def __getitem__(self, index):
        left, right, labels = self.load(index)
        return [left, right], labels

    def load(self, index):
        return self.x[index], self.x[index], self.y[index]


class Named(tf.keras.utils.Sequence):
    def __getitem__(self, index):
        inputs = [
            self.x[index],
            self.x[index],  # again
        ]
        return inputs, [self.y[index]]


class Generated(Named):
    def __getitem__(self, index):
        return self.__generation(index)

    def __generation(self, index):
        return [[self.x[index], self.x[index]], self.y[index]]


def batches(x, y):
    while True:
        yield [x, y]


model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.fit(batches(x, y), steps_per_epoch=2)
