import os; from keras.engine import Input, Model
from keras.engine.topology import Layer, InputSpec as Spec
from keras.engine import Layer, Model, training  # all of it
from keras.layers.advanced_activations import LeakyReLU, ThresholdedReLU
from tensorflow.python.keras import layers

model = Model(Layer(), Spec)
leaky = LeakyReLU(), ThresholdedReLU(), layers.Dense(3)


def late():
    from keras.engine import Input, Sequential
    return Input, Sequential
