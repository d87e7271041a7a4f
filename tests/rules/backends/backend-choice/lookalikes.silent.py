import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
environment = {}

import tensorflow as tf

os.environ["KERAS_BACKEND"] = "tensorflow"

try:
    import keras
except ImportError:
    keras = None

from keras_nlp import models

environment["KERAS_BACKEND"] = "theano"
os.environ["TF_USE_LEGACY_KERAS"] = "1"


def start(backend):
    os.environ["KERAS_BACKEND"] = backend


if tf.keras.backend.backend() == "tensorflow":
    models.load(environment)
if keras.backend.backend() in ("tensorflow", "theano"):
    start("jax")
if models.backend() == "theano":
    start("torch")
