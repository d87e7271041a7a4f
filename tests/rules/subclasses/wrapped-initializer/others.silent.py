import functools
import inspect

import tensorflow as tf


def traced(function):
    @functools.wraps(function)
    def wrapper(self, *args, **kwargs):
        return function(self, *args, **kwargs)

    return wrapper


def named(initializer):
    @functools.wraps(initializer)
    def wrapper(self, **kwargs):
        initializer(self, **kwargs)

    return wrapper


def signed(initializer):
    @functools.wraps(initializer)
    def wrapper(self, *args, **kwargs):
        initializer(self, *args, **kwargs)

    wrapper.__signature__ = inspect.signature(initializer)
    return wrapper


def plain(initializer):
    def wrapper(self, *args, **kwargs):
        initializer(self, *args, **kwargs)

    return wrapper


def patched(cls):
    original = cls.__init__

    @functools.wraps(original)
    def wrapper(self, *args, **kwargs):
        original(self, *args, **kwargs)

    cls.__init__ = wrapper
    return cls


class Reader:
    @traced
    def __init__(self, path):
        self.path = path


class One(tf.keras.layers.Layer):
    @named
    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    @traced
    def call(self, inputs):
        return inputs


class Two(tf.keras.layers.Layer):
    @signed
    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)


class Three(tf.keras.layers.Layer):
    @plain
    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
