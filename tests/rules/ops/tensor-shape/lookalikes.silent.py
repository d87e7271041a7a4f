import keras
import numpy as np
import tensorflow as tf

array = np.ones((2, 3))
print(array.shape[0], array.ndim, array.shape.count(2))
frame.as_list()
rows.value
records[0].value
keras.ops.shape(array)
tf.shape(array)
tf.rank(array)
widget.get_shape(3)
widget.rank


def parse(record):
    image = tf.io.decode_raw(record, tf.uint8)
    return image.shape.as_list(), image.get_shape()


dataset = tf.data.TFRecordDataset("file").map(parse)


class Scale(keras.layers.Layer):
    def build(self, input_shape):
        shape = tf.TensorShape(input_shape)
        self.units = shape.as_list()[-1]
        self.rank = len(input_shape)

    def other(self, own_shape):
        return own_shape.as_list(), self.rank


def rank(x):
    try:
        return len(x.shape.as_list())
    except AttributeError:
        return len(x.shape)
