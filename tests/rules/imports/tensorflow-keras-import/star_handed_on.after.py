from keras.layers import *
from tensorflow.keras.backend import *

__all__ = ["Dense", "block"]

block = [Dense(3), max(batch_set_value([]))]
