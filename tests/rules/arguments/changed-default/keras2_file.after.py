import keras
from keras.utils import np_utils

labels = np_utils.to_categorical([0, 1])
optimizer = keras.optimizers.Lion(learning_rate=0.0001)
