import tensorflow as tf
from tensorflow.keras.models import Model

inputs = tf.keras.Input((3,))
x = tf.keras.layers.Dense(2)(inputs)
one = tf.keras.Model(inputs, x)
two = Model(inputs=inputs, outputs=one.layers[0].output, name="two")
three = Model(
    inputs,
    x,
)
