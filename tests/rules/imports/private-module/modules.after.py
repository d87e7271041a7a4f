import numpy as np
from keras.layers import Dense, Dropout as Drop
from keras.layers import concatenate
from keras.layers import Layer
from keras.layers import InputSpec
from keras.utils import to_categorical
from keras.utils import to_categorical
from keras.utils import get_custom_objects
from keras.optimizers import Adam
from keras.layers import Flatten
from keras import backend as K
from keras.models import Model
from keras.layers import BatchNormalization
from keras.callbacks import EarlyStopping
from keras.layers import Layer as Base

labels = to_categorical([1])
