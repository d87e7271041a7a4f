from tensorflow import keras


class Functional(keras.Model):
    def __init__(self):
        inputs = keras.Input((3,))
        super().__init__(inputs, keras.layers.Dense(1)(inputs))


class Built(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(1)

    def build(self, input_shape):
        self.dense.build(input_shape)
        super().build(input_shape)

    def call(self, inputs):
        return self.dense(inputs)


class Stack(keras.Sequential):
    def call(self, inputs):
        return super().call(inputs) * 2


class Scale(keras.layers.Layer):
    def call(self, inputs):
        return inputs * 2


class Factory:
    def build(self, shape):
        return keras.Sequential()

    def call(self, inputs):
        return inputs


Functional().build((None, 3))
functional = Functional()
functional.build((None, 3))
built = Built()
built.build((None, 3))
stack = Stack([keras.layers.Dense(1)])
stack.build((None, 3))
sequential = keras.Sequential([keras.layers.Dense(1)])
sequential.build((None, 3))
scale = Scale()
scale.build((None, 3))
factory = Factory()
factory.build((None, 3))


def unknown(model):
    model.build((None, 3))
