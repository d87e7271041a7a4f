import os
import tempfile

import keras

model = keras.Sequential([keras.layers.Dense(1)])
path = os.path.join(tempfile.gettempdir(), "model_%d.keras" % 3)
model.save(path)
assert os.path.exists(path)
again = keras.models.load_model(path, custom_objects={})

keras.models.save_model(model, "other.keras")
other = keras.models.load_model("other.keras")


def keep(model):
    model.save("third.keras")
    return keras.models.load_model("third.keras")
