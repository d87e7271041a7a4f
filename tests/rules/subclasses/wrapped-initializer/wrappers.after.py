import functools
from functools import wraps

import inspect
import tensorflow as tf


def stores_arguments(initializer):
    @functools.wraps(initializer)
    def wrapper(self, *args, **kwargs):  # K258
        initializer(self, *args, **kwargs)
        self.arguments = args, kwargs
    wrapper.__signature__ = inspect.signature(initializer)

    return wrapper


def configurable(cls):
    initializer = cls.__init__

    @wraps(initializer)
    def configured(self, *args, **kwargs):  # K258
        initializer(self, *args, **kwargs)
        # The last word.
        self.kept = kwargs
    configured.__signature__ = inspect.signature(initializer)

    cls.__init__ = configured

    def get_config(self):
        return {**super(cls, self).get_config(), **self.kept}

    cls.get_config = get_config
    return cls


class Scale(tf.keras.layers.Layer):
    @stores_arguments
    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor


@configurable
class Shift(tf.keras.layers.Layer):
    def __init__(self, step=1.0, **kwargs):
        super().__init__(**kwargs)
        self.step = step

    def call(self, inputs):
        return inputs + self.step


def wrap_dense():
    original = tf.keras.layers.Dense.__init__

    @wraps(original)
    def initialize(self, units, *others, **kwargs):  # K258
        original(self, 2 * units, *others, **kwargs)
    initialize.__signature__ = inspect.signature(original)

    tf.keras.layers.Dense.__init__ = initialize
