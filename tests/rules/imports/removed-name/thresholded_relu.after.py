import tensorflow as tf
from tensorflow.keras import layers
from tensorflow.keras.layers import Dense, ThresholdedReLU

a = layers.ReLU(threshold=0.5, name="a")
b = layers.ReLU(threshold=1.0)
c = layers.ReLU(threshold=0.25)
d = layers.ReLU(name="d", threshold=1.0)
e = layers.ReLU(threshold=2.0)
