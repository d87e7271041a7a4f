import tensorflow as tf
from tensorflow.keras import layers
from tensorflow.keras.layers import Dense, ThresholdedReLU
from keras.layers import ThresholdedReLU as Gate

a = ThresholdedReLU(theta=0.5, name="a")
b = ThresholdedReLU()
c = layers.ThresholdedReLU(0.25)
d = tf.keras.layers.ThresholdedReLU(name="d")
e = Gate(2.0)
