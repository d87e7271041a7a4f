import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.experimental import CosineDecay
from tensorflow.keras.layers.experimental import preprocessing
from tensorflow.keras.layers.experimental.preprocessing import Rescaling, Resizing as Sized

a = keras.layers.Rescaling(1 / 255)
b = keras.layers.Resizing(3, 3)
c = keras.layers.Normalization()
d = keras.optimizers.AdamW(1e-3)
e = keras.losses.mean_squared_error([1.0], [2.0])
f = keras.metrics.mean_squared_error
g = keras.optimizers.schedules.CosineDecay(0.1, 10)
h = keras.callbacks.BackupAndRestore("backup")
