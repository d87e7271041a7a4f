import os
from keras.backend import mean as average, epsilon
from keras.layers import (
    Dense,
    LocallyConnected1D,
    RandomHeight,
)
from keras.preprocessing.text import Tokenizer


def late():
    from keras.utils import GeneratorEnqueuer
    return Dense, epsilon, RandomHeight
