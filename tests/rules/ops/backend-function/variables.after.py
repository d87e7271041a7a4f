from tensorflow import keras
from tensorflow.keras import backend as K


class Scale(keras.layers.Layer):
    def __init__(self, beta):
        super().__init__()
        self.beta = keras.Variable(beta, name="beta", dtype=K.floatx())

    def build(self, input_shape):
        self.steps = self.add_weight(shape=(), initializer="zeros", name="steps")
        self.scale = self.add_weight(shape=(input_shape[-1],), initializer="ones", dtype="float16", constraint=lambda w: w)
        self.bias = self.add_weight(shape=input_shape[1:], initializer="zeros", dtype=K.floatx())


step = keras.Variable(0, dtype=K.floatx())
