"""Every form of the import."""

from tensorflow import keras
from tensorflow import keras as K2
from tensorflow import data, keras as knn, io  # mixed
import tensorflow.keras as tfk
import tensorflow.keras.layers as L, os
from tensorflow.keras import layers, models as m  # a comment stays
from tensorflow.keras.layers import (
    Dense,  # and so does this
    Dropout as Drop,
)
from tensorflow.compat.v2.keras import optimizers
from tensorflow.compat.v2 import keras as compatible


def inside():
    from tensorflow.keras.utils import plot_model; import tensorflow.keras as again

    return plot_model, again


try:
    from tensorflow.keras import regularizers
except ImportError:
    from keras import regularizers

if inside:
    from tensorflow import keras as conditional, nest
