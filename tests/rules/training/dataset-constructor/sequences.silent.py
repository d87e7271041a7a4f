from collections.abc import Sequence as Abstract

import keras
import tensorflow as tf
from somewhere import Base
from tensorflow.keras.utils import Sequence


class Calls(Sequence):
    def __init__(self, x, **kwargs):
        self.x = x
        super().__init__(**kwargs)


class CallsOld(Sequence):
    def __init__(self, x):
        super(CallsOld, self).__init__()
        self.x = x


class CallsByName(Sequence):
    def __init__(self, x):
        Sequence.__init__(self)
        self.x = x


class None_(tf.keras.utils.Sequence):
    def __getitem__(self, index):
        return index


class Several(Base, Sequence):
    def __init__(self, x):
        self.x = x


class Derived(Calls):
    def __init__(self, x):
        self.x = x


class Words(Abstract):
    def __init__(self, words):
        self.words = words


class Layer(keras.layers.Layer):
    def __init__(self):
        self.x = 1


class New(keras.utils.PyDataset):
    def __init__(self, x, workers=2):
        super().__init__(workers=workers)
        self.x = x
