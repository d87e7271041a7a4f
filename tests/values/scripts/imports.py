"""Every form of importing Keras from TensorFlow, each used for a value."""

import numpy as np
import tensorflow as tf
import tensorflow.keras
import tensorflow.keras as tfk
import tensorflow.keras.layers as L
from tensorflow import keras
from tensorflow import keras as K2
from tensorflow.compat.v2.keras import initializers
from tensorflow.keras import layers, models
from tensorflow.keras import backend as K
from tensorflow.keras.layers import (
    Activation as Act,
    Dense,  # the comment stays
    ThresholdedReLU,
)
from tensorflow.keras.activations import *

try:
    from tensorflow.keras import regularizers
except ImportError:
    from keras import regularizers

shortcut = tf.keras.layers
x = np.linspace(-1, 2, 12).reshape(3, 4).astype("float32")


def lazily():
    from tensorflow.keras.layers import Flatten

    return Flatten()(x)


def through_dots():
    return tensorflow.keras.layers.Reshape((2, 2))(x)


def dense(cls):
    return cls(2, kernel_initializer=initializers.Ones(), kernel_regularizer=regularizers.L2(0.1))(x)


model = models.Sequential([keras.Input((4,)), L.Dense(1, kernel_initializer="ones")])
result = {
    "keras": dense(keras.layers.Dense),
    "with an alias": dense(K2.layers.Dense),
    "as another name": dense(tfk.layers.Dense),
    "layers": dense(layers.Dense),
    "Dense": dense(Dense),
    "shortcut": dense(shortcut.Dense),
    "through the package": dense(tf.keras.layers.Dense),
    "model": model(x),
    "act": Act("relu")(x),
    "star": softplus(x),
    "lazily": lazily(),
    "dots": through_dots(),
    "backend": [K.epsilon(), K.floatx()],
    "thresholded": [ThresholdedReLU(theta=0.5)(x), layers.ThresholdedReLU()(x), tf.keras.layers.ThresholdedReLU(0.25)(x)],
}
