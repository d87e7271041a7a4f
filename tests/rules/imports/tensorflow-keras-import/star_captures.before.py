import random

from tensorflow.keras import *
from tensorflow.keras.layers import *

random.seed(1)
model = Sequential([Dense(3), Activation("relu"), BatchNormalization(), Conv2D(3, 3), MaxPooling2D()])
model.add(Identity())
