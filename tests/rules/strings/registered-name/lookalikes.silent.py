import re

import keras

layer = keras.layers.Dense(3, "relu", kernel_initializer="own", bias_constraint="non_neg")
activation = keras.layers.Activation("LeakyReLU")
other = keras.layers.Dense(3, activation=keras.utils.get_registered_object("mish2"))
model = keras.Sequential([layer])
model.compile("own", loss={"a": "mse", "b": "BinaryCrossentropy"}, metrics=["acc", "ce", "AUC"])
model.compile(loss=None, metrics=None)
pattern = re.compile("loss")


class Own:
    def __init__(self, activation="mish2"):
        self.activation = activation


Own(activation="mish2")
keras.utils.get_custom_objects()["mish2"] = abs
