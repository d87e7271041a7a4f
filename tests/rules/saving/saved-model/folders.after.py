import os
from pathlib import Path

import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.save("model.keras")
again = keras.models.load_model("model.keras")
model.save("weights/model.h5")
os.makedirs(os.path.dirname(os.path.join("out", "model")), exist_ok=True)
model.save(os.path.join("out", "model.keras"))
model.save(Path("out") / "model.keras", overwrite=True)
model.save("model.keras", include_optimizer=False)
keras.models.save_model(model, f"{name}_best.keras")

folder = "out.keras"
model.save(folder)
keras.models.load_model(folder)


class Own(keras.Model):
    def keep(self):
        self.save("own.keras")  # in a folder


def keep(model):
    model.save("kept.keras")


def check_saved(layer):
    name = layer.__name__ if callable(layer) else layer.__class__.__name__
    path = os.path.join("logs", name + ".keras")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    model.save(path)
    return keras.models.load_model(path)


class Kept(keras.Model):
    def save(self, path, save_format="tf", options=None):
        super().save(path)


from keras.models import load_model as load

model.save("loaded.keras")
load("loaded.keras")


def keep_any(any_model, directory):
    any_model.save(f"{directory}/any.keras")
    any_model.save(directory)


def load_any(directory):
    return load(f"{directory}/any.keras")
