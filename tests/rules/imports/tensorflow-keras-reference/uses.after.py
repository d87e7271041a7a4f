"""Uses through `tf`, of every kind."""

import os

import keras
import numpy as np
import tensorflow as tf
import tensorflow.compat.v2 as tf2
from absl import app

layers = keras.layers
Dense = keras.layers.Dense


class Block(keras.layers.Layer, metaclass=type):
    size: keras.layers.Layer = keras.layers.Dense(3)

    @keras.utils.register_keras_serializable()
    def call(self, x: "unquoted", mask: keras.KerasTensor = None) -> keras.Model:
        if isinstance(x, (keras.Model, keras.layers.Layer)):
            return keras.Sequential([*[keras.layers.Dense(n) for n in (1, 2)]])
        return keras.layers.Dense.from_config({}), f"{keras.backend.floatx()}"


models = keras.models
wrapped = (
    keras.layers.Dense(3)
)
