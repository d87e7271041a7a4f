import tensorflow as tf
from mylib import layers as tfa

try:
    import tensorflow_addons
except ImportError:
    tensorflow_addons = None

a = tfa.layers.GroupNormalization(4)
b = tf.keras.layers.GroupNormalization(4)
if tensorflow_addons is not None:
    c = tensorflow_addons.__version__
