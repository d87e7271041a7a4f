import keras
import tensorflow as tf


def show(x, table):
    a = x.numpy()
    b = table.numpy(3)
    c = keras.ops.convert_to_numpy(x)
    d = x.numpy
    return a, b, c, d


for example in tf.data.Dataset.range(3):
    print(example.numpy())
