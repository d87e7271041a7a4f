import importlib
from importlib import import_module

import tensorflow as tf
from mypackage.lazy import LazyLoader

layers = importlib.import_module("tensorflow.keras.layers")
backend = import_module('tensorflow.keras.backend')
keras = LazyLoader("keras", globals(), "tensorflow.keras")
models = getattr(tf, "keras").models
held = importlib.import_module("tensorflow.keras.losses")

dense = layers.Dense(3), held.Reduction.SUM, keras.Input((3,))


def once():
    utils = importlib.import_module("tensorflow.compat.v2.keras.utils")
    return utils.to_categorical, import_module("tensorflow.keras.models").load_model
