import keras
import tensorflow as tf
from own import Model

inputs = tf.keras.Input((3,))
x = tf.keras.layers.Dense(2)(inputs)
outputs = [x]
one = tf.keras.Model(inputs, x)
two = tf.keras.Model([*outputs], [x, x])
three = tf.keras.Model(inputs, [*outputs])
four = tf.keras.Model(inputs, {"x": x})
five = keras.Model(inputs, [x])
six = Model(inputs, [x])
seven = tf.keras.Model(inputs, [[x]])
eight = tf.keras.Model(inputs, [x for x in outputs])
