import os

import numpy as np
import tensorflow as tf


def f(x):
    return tf.reduce_max(x)


def g(x):
    import tensorflow as lazy

    keras = x
    return lazy.reduce_min(keras), tf.reduce_all(x)
