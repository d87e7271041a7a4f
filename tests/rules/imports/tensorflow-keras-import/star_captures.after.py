import random

from keras import Sequential
from keras.layers import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dense,
    Identity,
    MaxPooling2D,
)

random.seed(1)
model = Sequential([Dense(3), Activation("relu"), BatchNormalization(), Conv2D(3, 3), MaxPooling2D()])
model.add(Identity())
