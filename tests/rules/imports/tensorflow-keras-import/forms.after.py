"""Every form of the import."""

import keras
import keras as K2
import keras as knn
from tensorflow import data, io  # mixed
import keras as tfk
import keras.layers as L, os
from keras import layers, models as m  # a comment stays
from keras.layers import (
    Dense,  # and so does this
    Dropout as Drop,
)
from keras import optimizers
import keras as compatible


def inside():
    from keras.utils import plot_model; import keras as again

    return plot_model, again


try:
    from keras import regularizers
except ImportError:
    from keras import regularizers

if inside:
    import keras as conditional
    from tensorflow import nest
