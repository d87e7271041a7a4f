import keras_core as keras
import keras_nlp.layers as nlp_layers
from keras_core import ops
from keras_core.layers import Dense
from keras_nlp.models import BertBackbone
