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
keras.losses.get("logcosh")
