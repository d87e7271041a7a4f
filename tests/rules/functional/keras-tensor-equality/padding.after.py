import keras
import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Dense, Embedding


def masked(x, padding=0):
    return (keras.ops.equal(x, padding)) | (keras.ops.equal(2, x))


inputs = Input((3,), dtype="int32")
mask = keras.ops.equal(inputs, 0)
others = masked(inputs)
same = keras.ops.equal(Dense(3)(Embedding(4, 2)(inputs)), Embedding(4, 2)(
    inputs  # twice
))
model = Model(inputs, [mask, others, same, tf.abs(keras.ops.equal(inputs, inputs))])
