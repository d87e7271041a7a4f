import keras
from keras.layers import Conv2D


class Scaled(keras.layers.Dense):
    """A layer with a weight more."""

    def build(self, input_shape):
        super().build(input_shape)
        self.scale = self.add_weight(name="scale", shape=(), initializer="ones")  # one


class Filtered(Conv2D):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = keras.Variable(0.0, trainable=False)


class Above(Filtered):
    pass


after = Scaled(3)
