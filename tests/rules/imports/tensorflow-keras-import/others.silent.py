"""Imports that are none of this rule's business."""

import keras
import tensorflow as tf
import tensorflow.keras.layers
import tensorflow_addons.layers
import tf_keras
from keras import layers
from tensorflow import data, nn
from tensorflow_datasets import keras as datasets_keras
from .tensorflow import keras as local_keras
from .tensorflow.keras import layers as local_layers
from mypackage.tensorflow.keras import models
import importlib

importlib.import_module("keras.layers")
importlib.import_module("mypackage.tensorflow.keras")
importlib.import_module(".tensorflow.keras", "mypackage")
importlib.import_module(f"tensorflow.keras.{keras}")
importlib.import_module("tensorflow.data")
print("tensorflow.keras.layers", getattr(tf, "data"), getattr(tf, "keras", None))


def import_module(name):
    return name


def shadowed(getattr, __import__):
    import_module("tensorflow.keras.layers")
    return getattr(tf, "keras"), __import__("tensorflow.keras")
