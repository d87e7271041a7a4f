import keras
import keras_tuner.engine.tuner
import tensorflow as tf
import tf_keras.src.layers.core
from keras import layers, ops
from keras.layers import Dense
from keras.preprocessing.image import load_img
from keras.src.layers import Layer
from keras.utils import to_categorical
from tensorflow.keras.applications.resnet50 import ResNet50
from tensorflow.keras.optimizers.schedules import CosineDecay
from tensorflow.python.framework import ops as framework_ops
from tensorflow_addons.layers.core import Dense as Other
from .keras.engine import Own
from mykeras.engine import topology
