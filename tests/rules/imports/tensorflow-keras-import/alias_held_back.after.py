from tensorflow import keras
from keras import layers

random_layers = keras.layers
height = random_layers.RandomHeight(0.1)
dense = layers.Dense(3)
