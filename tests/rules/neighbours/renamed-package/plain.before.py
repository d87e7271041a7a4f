import keras
import keras_core
import keras_core as kc
import keras_nlp  # tokenizers

layer = keras_core.layers.Dense(3)
ops = kc.ops


def load(name):
    return keras_nlp.models.BertTokenizer.from_preset(name)
