import os
import random

import numpy as np
import tensorflow as tf


def seed_everything(seed=42):
    os.environ["PYTHONHASHSEED"] = str(seed)
    random.seed(seed)
    np.random.seed(seed)
    # All of them.
    tf.random.set_seed(seed)


def differently():
    random.seed(1)
    np.random.seed(seed=2)
    tf.random.set_seed(3)  # the third
    return np.random.rand(3)


def after():
    tf.random.set_seed(3)
    np.random.seed(2)


def drawn():
    np.random.seed(3)
    x = np.random.rand(3)
    tf.random.set_seed(3)
    return x, np.random.rand(3)
