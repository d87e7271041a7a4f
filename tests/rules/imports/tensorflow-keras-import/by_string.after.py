import importlib
from importlib import import_module

import tensorflow as tf
from mypackage.lazy import LazyLoader

layers = importlib.import_module("keras.layers")
backend = import_module('keras.backend')
keras = LazyLoader("keras", globals(), "keras")
models = getattr(tf, "keras").models
held = importlib.import_module("tensorflow.keras.losses")

dense = layers.Dense(3), held.Reduction.SUM, keras.Input((3,))


def once():
    utils = importlib.import_module("keras.utils")
    return utils.to_categorical, import_module("keras.models").load_model
