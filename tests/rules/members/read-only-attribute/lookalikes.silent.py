import keras


class Plain(keras.layers.Layer):
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(3, 4))
        self.model = None
        self.dropout = 0.1


class Transposed(keras.layers.Conv2DTranspose):
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(3, 4))


class Separable(keras.layers.SeparableConv2D):
    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(3, 4))


class Free:
    def __init__(self):
        self.path = "weights"


class Kept(keras.layers.Dense):
    @property
    def kernel(self):
        return self.own

    @kernel.setter
    def kernel(self, value):
        self.own = value

    def build(self, input_shape):
        self.kernel = 3


print(keras.layers.Dense(3).kernel, keras.layers.Dense(3).path)
