import keras
import keras
import keras as kc
import keras_hub  # tokenizers

layer = keras.layers.Dense(3)
ops = kc.ops


def load(name):
    return keras_hub.models.BertTokenizer.from_preset(name)
