#!/usr/bin/env python
"""The import goes behind the line that chooses the backend."""
from __future__ import annotations

import os
import tensorflow as tf

os.environ["KERAS_BACKEND"] = "tensorflow"
import keras

model = keras.Sequential()


def later():
    import tensorflow as tf_inner  # only here

    return keras.layers.Dense(3)


def both(x):
    a = keras.activations.relu(x)
    import tensorflow as tf_again

    return keras.activations.relu(a)
