import numpy as np
from keras.layers.core import Dense, Dropout as Drop
from keras.layers.merge import concatenate
from keras.engine.topology import Layer
from keras.engine import InputSpec
from keras.utils import np_utils
from keras.utils.np_utils import to_categorical
from keras.utils.generic_utils import get_custom_objects
from keras.optimizers.adam_v2 import Adam
from tensorflow.python.keras.layers import Flatten
from tensorflow.python.keras import backend as K
from tensorflow.keras.engine.training import Model
from keras.layers.normalization.batch_normalization import BatchNormalization
from keras.callbacks.callbacks import EarlyStopping
from keras.engine.base_layer import Layer as Base, no_such_name

labels = np_utils.to_categorical([1])
