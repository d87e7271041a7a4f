import keras
from mylib import keras_cv

a = keras_cv.layers.MixUp()
b = keras.layers.MixUp()
