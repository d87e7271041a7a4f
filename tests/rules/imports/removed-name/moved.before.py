import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.experimental import CosineDecay
from tensorflow.keras.layers.experimental import preprocessing
from tensorflow.keras.layers.experimental.preprocessing import Rescaling, Resizing as Sized

a = Rescaling(1 / 255)
b = Sized(3, 3)
c = preprocessing.Normalization()
d = keras.optimizers.experimental.AdamW(1e-3)
e = keras.losses.mse([1.0], [2.0])
f = tf.keras.metrics.MSE
g = CosineDecay(0.1, 10)
h = keras.callbacks.experimental.BackupAndRestore("backup")
