"""Uses through `tf`, of every kind."""

import os

import numpy as np
import tensorflow as tf
import tensorflow.compat.v2 as tf2
from absl import app

layers = tf.keras.layers
Dense = tf.keras.layers.Dense


class Block(tf.keras.layers.Layer, metaclass=type):
    size: tf.keras.layers.Layer = tf.keras.layers.Dense(3)

    @tf.keras.utils.register_keras_serializable()
    def call(self, x: "unquoted", mask: tf.keras.KerasTensor = None) -> tf.keras.Model:
        if isinstance(x, (tf.keras.Model, tf.keras.layers.Layer)):
            return tf.keras.Sequential([*[tf.keras.layers.Dense(n) for n in (1, 2)]])
        return tf2.keras.layers.Dense.from_config({}), f"{tf.keras.backend.floatx()}"


models = tf . keras . models
wrapped = (
    tf.keras
    .layers
    .Dense(3)
)
