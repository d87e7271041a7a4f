import tensorflow as tf

keras = tf.keras
layers = keras.layers
K = tf.keras.backend

model = keras.Sequential([layers.Dense(3), tf.keras.layers.ReLU()])


def build():
    keras = tf.keras
    return keras.layers.Dense(tf.keras.backend.epsilon())
