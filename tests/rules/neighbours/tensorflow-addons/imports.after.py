import keras
from tensorflow_addons.optimizers import (
    Lookahead,
)

a = keras.layers.GroupNormalization(groups=4)
b = keras.layers.GroupNormalization(groups=-1)
c = Lookahead(keras.optimizers.Lamb(1e-3, epsilon=1e-06))
d = keras.layers.SpectralNormalization(layer)
e = keras.activations.mish
