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
