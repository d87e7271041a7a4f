import os

import numpy as np
from tensorflow import keras

os.environ["KERAS_BACKEND"] = "jax"  # the fastest
model = keras.Sequential()
