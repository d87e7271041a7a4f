import keras
import keras_hub
import keras_nlp_tools
from mylib import keras_nlp

a = keras_nlp.models.BartPreprocessor
