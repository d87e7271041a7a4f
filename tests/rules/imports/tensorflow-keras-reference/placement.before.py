#!/usr/bin/env python
"""The import goes behind the line that chooses the backend."""
from __future__ import annotations

import os
import tensorflow as tf

os.environ["KERAS_BACKEND"] = "tensorflow"

model = tf.keras.Sequential()


def later():
    import tensorflow as tf_inner  # only here

    return tf_inner.keras.layers.Dense(3)


def both(x):
    a = tf.keras.activations.relu(x)
    import tensorflow as tf_again

    return tf_again.keras.activations.relu(a)
