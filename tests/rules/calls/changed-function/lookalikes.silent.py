import keras
import tensorflow as tf


def hard_sigmoid(x):
    return x


y = hard_sigmoid(1.0)
z = keras.activations.sigmoid(y)
layer = keras.layers.Dense(3, activation="sigmoid", name="hard_sigmoid")
other = keras.layers.Activation(hard_sigmoid)
model = keras.Sequential([layer])
model.compile("sgd", "mse", metrics=["binary_accuracy", keras.metrics.binary_accuracy])
print("hard_sigmoid")
labels = keras.utils.to_categorical([0, 1])
symbolic = tf.keras.utils.to_categorical(tf.constant([0, 1]))
cast = tf.keras.utils.to_categorical([0, 1]).astype("int32")
