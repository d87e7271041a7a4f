import keras
import numpy as np
import tensorflow as tf

model = keras.Sequential([keras.layers.Dense(2)])
x = tf.ones((3, 2))

scores = keras.ops.convert_to_numpy(model(x))
mean = np.mean(keras.ops.convert_to_numpy(model(x)), axis=0)  # by class
both = np.concatenate(
    [keras.ops.convert_to_numpy(x), np.zeros((3, 2))],
)
distance = np.dot(keras.ops.convert_to_numpy(tf.transpose(x)), keras.ops.convert_to_numpy(model(x)))
typed = np.array(keras.ops.convert_to_numpy(x), dtype="float64")


class Encoder(keras.layers.Layer):
    def call(self, inputs):
        return inputs, tf.exp(inputs)


encoded, weights = Encoder()(x)
largest = np.argmax(keras.ops.convert_to_numpy(encoded))
