import keras
import numpy as np
import tensorflow as tf

model = keras.Sequential([keras.layers.Dense(2)])
x = tf.ones((3, 2))

scores = np.array(model(x))
mean = np.mean(model(x), axis=0)  # by class
both = np.concatenate(
    [np.asarray(x), np.zeros((3, 2))],
)
distance = np.dot(tf.transpose(x), model(x))
typed = np.array(x, dtype="float64")


class Encoder(keras.layers.Layer):
    def call(self, inputs):
        return inputs, tf.exp(inputs)


encoded, weights = Encoder()(x)
largest = np.argmax(encoded)
