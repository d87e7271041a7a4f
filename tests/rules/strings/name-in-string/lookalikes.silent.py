import re
from unittest import mock

import keras


class Other:
    def compile(self, loss):
        return loss


Other().compile(loss="logcosh")
print(loss="logcosh", kernel_constraint="maxnorm")
mock.patch("tensorflow.function")
mock.patch("mypackage.keras.layers.Dense")
re.compile("tensorflow.keras.layers.Dense")
keras.Sequential().compile("sgd", loss="mse", metrics=["accuracy"])
re.compile("huber_loss", "logcosh")


class Mine:
    def add_weight(self, initializer):
        return initializer


Mine().add_weight(initializer="constant")
keras.layers.Dense(3, name="constant", bias_initializer="zeros", activation="linear")
keras.layers.ZeroPadding2D((1, 1), data_format="constant")
# The names of a saved file are what they were.
keras.models.load_model("old.h5", custom_objects={"logcosh": 1, "maxnorm": 2}, compile=False)
# A metric's function has no counterpart.
keras.metrics.get("logcosh")
f"{keras.losses.get}" "logcosh"
names = {"loss": "logcosh", "maxnorm": "maxnorm"}
