import os
from keras.backend import epsilon
from keras.layers import (
    Dense,
    RandomHeight,
)


def late():
    return Dense, epsilon, RandomHeight
