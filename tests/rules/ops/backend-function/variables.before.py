from tensorflow import keras
from tensorflow.keras import backend as K


class Scale(keras.layers.Layer):
    def __init__(self, beta):
        super().__init__()
        self.beta = K.variable(beta, name="beta")

    def build(self, input_shape):
        self.steps = K.variable(0, name="steps")
        self.scale = K.variable(K.ones((input_shape[-1],)), "float16", constraint=lambda w: w)
        self.bias = K.variable(value=K.zeros(shape=input_shape[1:]), dtype=K.floatx())


step = K.variable(0)
