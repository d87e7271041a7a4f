import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
from keras import backend as K

if K.backend() == "theano":
    x = 1
y = 2 if keras.backend.backend() in ("theano", "cntk") else 3
z = K.backend() != "cntk"
