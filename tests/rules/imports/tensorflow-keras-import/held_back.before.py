from tensorflow import keras
from tensorflow.keras import backend, layers
from tensorflow.keras.layers import Dense, LocallyConnected1D, ReLU, ThresholdedReLU
from tensorflow.keras.preprocessing.image import ImageDataGenerator

images = ImageDataGenerator()
local = LocallyConnected1D(3, 2)
dense = [Dense(3), ReLU(), layers.Dense(1)]
total = backend.batch_set_value([])
height = keras.layers.RandomHeight(0.1)
