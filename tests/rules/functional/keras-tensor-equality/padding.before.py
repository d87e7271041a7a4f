import tensorflow as tf
from tensorflow.keras import Input, Model
from tensorflow.keras.layers import Dense, Embedding


def masked(x, padding=0):
    return (x == padding) | (2 == x)


inputs = Input((3,), dtype="int32")
mask = inputs == 0
others = masked(inputs)
same = Dense(3)(Embedding(4, 2)(inputs)) == Embedding(4, 2)(
    inputs  # twice
)
model = Model(inputs, [mask, others, same, tf.abs(inputs == inputs)])
