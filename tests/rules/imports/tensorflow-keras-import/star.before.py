from tensorflow.keras.layers import *
from tensorflow.keras.models import *
from tensorflow.keras.losses import *
from numpy import *


def block(add, concatenate=None):
    multiply = add + concatenate
    return Sequential([Dense(3), Dropout(0.1)]), multiply


class Attend(Layer):
    def call(self, x: "Input"):
        return Attention()(x)


def Attention(x):
    return x
