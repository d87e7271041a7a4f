import keras
import tensorflow as tf
from torch.optim import Adam


class Layer(keras.layers.Layer):
    def add_weight(self, name, shape, use_resource):
        return None

    def build(self, input_shape):
        self.w = self.add_weight("w", (3, 4), True)


class Written(keras.layers.Layer):
    """For Keras 3, which takes the shape first."""

    def build(self, input_shape):
        shape = input_shape[1:]
        self.a = self.add_weight((1, 2), initializer="zeros", dtype="float32")
        self.b = self.add_weight(shape, "zeros")
        self.c = self.add_weight(shape)
        self.d = self.add_weight([input_shape[-1]], "zeros", name="d")


class Other:
    def build(self):
        self.add_weight("w", (3, 4))


def train(model, options, *arguments):
    model.fit(1, 2, workers=4)
    keras.optimizers.Adam(**options)
    keras.optimizers.Adam(*arguments)
    return keras.optimizers.Adam(0.1, 0.9, 0.999, 1e-7), Adam(lr=0.1)


a = keras.layers.Dense(3, "relu", True, name="a", input_shape=(2,), dtype="float32")
b = keras.layers.Conv2D(3, (2, 2), (1, 1), "same")
c = keras.Input((3,), name="c")
d = keras.optimizers.SGD(learning_rate=0.1, weight_decay=0.1)
e = keras.losses.MeanSquaredError(reduction="sum")
f = keras.layers.unknown_layer(lr=3)
keras.layers.Embedding(3, 4).compute_mask([1], mask=None)
keras.layers.Embedding(3, 4, input_length=2)
keras.layers.dot([1, 2], axes=1, normalize=True)
keras.callbacks.LambdaCallback(on_batch_begin=print)
keras.Sequential([a]).fit(1, 2, batch_size=3, epochs=2, verbose=0)


class Own(keras.losses.Loss):
    def __init__(self, reduction="sum", mode="auto"):
        super().__init__(name="own", reduction=reduction)


class Scaled(Own):
    def __init__(self, scale, mode):
        super().__init__(scale, mode)


own = Own(mode="auto")
plain = Plain(reduction="auto")
