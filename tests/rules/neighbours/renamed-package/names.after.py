import keras
import keras_hub.layers as nlp_layers
from keras import ops
from keras.layers import Dense
from keras_hub.models import BertBackbone
