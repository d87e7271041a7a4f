import tensorflow as tf
import tensorflow.compat.v1 as tf1
from tensorflow.keras import layers

a = layers.Dense(3)
b = tf.keras.layers.Dense(3)
c = tf1.nn.relu(x)
d = tf1.keras.layers.Dense(3)
