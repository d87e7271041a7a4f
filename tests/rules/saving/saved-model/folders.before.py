import os
from pathlib import Path

import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.save("model", save_format="tf")
again = keras.models.load_model("model")
model.save("weights/model.h5", save_format="h5")
model.save(os.path.join("out", "model"))
model.save(Path("out") / "model", overwrite=True)
model.save("model.keras", save_traces=False, include_optimizer=False)
keras.models.save_model(model, f"{name}_best", save_format="tf")

folder = "out/"
model.save(folder)
keras.models.load_model(folder)


class Own(keras.Model):
    def keep(self):
        self.save("own")  # in a folder


def keep(model):
    model.save("kept", save_format="tf")


def check_saved(layer):
    name = layer.__name__ if callable(layer) else layer.__class__.__name__
    path = os.path.join("logs", name)
    model.save(path)
    return keras.models.load_model(path)


class Kept(keras.Model):
    def save(self, path, save_format="tf", options=None):
        super().save(path, save_format=save_format, options=options)


from keras.models import load_model as load

model.save("loaded")
load("loaded")


def keep_any(any_model, directory):
    any_model.save(f"{directory}/any")
    any_model.save(directory)


def load_any(directory):
    return load(f"{directory}/any")
