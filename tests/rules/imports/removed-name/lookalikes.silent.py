import keras
import tensorflow as tf
import tf_keras
from mylayers import LocallyConnected1D, ThresholdedReLU


class RadialConstraint:
    pass


a = ThresholdedReLU(0.5)
b = LocallyConnected1D(3, 2)
c = tf_keras.layers.ThresholdedReLU(1.0)
d = keras.layers.ReLU(threshold=0.5)
e = RadialConstraint()
f = tf.keras.layers.Dense
g = keras.something.else_

from keras.layers import Dense as Unused
from tf_keras.layers import LocallyConnected1D
from keras_contrib.layers import LocallyConnected2D

try:
    from keras.preprocessing.text import Tokenizer
except ImportError:
    Tokenizer = None
