from tensorflow.keras.layers import *

block = [Dense(3), Dropout(0.1)]
