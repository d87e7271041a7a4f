import os; from keras.layers import Input; from keras.models import Model
from keras.layers import Layer, InputSpec as Spec
from keras.layers import Layer
from keras.models import Model  # all of it
from keras.layers import LeakyReLU, ThresholdedReLU
from keras import layers

model = Model(Layer(), Spec)
leaky = LeakyReLU(), ThresholdedReLU(), layers.Dense(3)


def late():
    from keras.layers import Input
    from keras.models import Sequential
    return Input, Sequential
