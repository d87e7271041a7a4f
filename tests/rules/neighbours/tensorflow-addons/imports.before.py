import tensorflow_addons
import tensorflow_addons as tfa
import tensorflow_addons.layers as addons
from tensorflow_addons.activations import mish
from tensorflow_addons.layers import GroupNormalization as Norm, InstanceNormalization
from tensorflow_addons.optimizers import (
    LAMB,
    Lookahead,
)

a = Norm(groups=4)
b = InstanceNormalization()
c = Lookahead(LAMB(1e-3))
d = addons.SpectralNormalization(layer)
e = mish
