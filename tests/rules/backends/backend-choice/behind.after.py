import os

import numpy as np
os.environ["KERAS_BACKEND"] = "jax"  # the fastest
from tensorflow import keras

model = keras.Sequential()
