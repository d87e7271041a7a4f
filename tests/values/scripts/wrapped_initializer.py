import functools

import numpy as np
from tensorflow import keras


def stores_arguments(initializer):
    @functools.wraps(initializer)
    def wrapper(self, *args, **kwargs):
        initializer(self, *args, **kwargs)
        self.given = len(args) + len(kwargs)

    return wrapper


def configurable(cls):
    initializer = cls.__init__

    @functools.wraps(initializer)
    def configured(self, *args, **kwargs):
        initializer(self, *args, **kwargs)
        self.kept = kwargs

    cls.__init__ = configured

    def get_config(self):
        return {"name": self.name, **self.kept}

    cls.get_config = get_config
    return cls


class Scale(keras.layers.Layer):
    @stores_arguments
    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor


@configurable
class Shift(keras.layers.Layer):
    def __init__(self, step=1.0, **kwargs):
        super().__init__(**kwargs)
        self.step = step

    def call(self, inputs):
        return inputs + self.step


x = np.arange(6, dtype="float32").reshape(2, 3)
scale = Scale(2.0)
result = {
    "scaled": scale(x),
    "given": scale.given,
    "shifted": Shift(step=3.0)(x),
    "restored": Shift.from_config(Shift(step=4.0, name="shift").get_config()).step,
}
