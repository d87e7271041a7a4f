import keras
from kornia import mean as K
from tensorflow.keras import backend
from mypackage import backend as other


def settings(K2):
    backend.set_floatx("float16")
    return backend.epsilon(), backend.floatx(), keras.backend.backend(), K2.mean(3)


value = K.mean(other.mean([1]))
