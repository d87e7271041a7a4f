import os
import tempfile

import keras

model = keras.Sequential([keras.layers.Dense(1)])
path = os.path.join(tempfile.gettempdir(), "model_%d.h5" % 3)
model.save(path)
assert os.path.exists(path)
again = keras.models.load_model(path, custom_objects={})

keras.models.save_model(model, "other.h5")
other = keras.models.load_model("other.h5")


def keep(model):
    model.save("third.h5")
    return keras.models.load_model("third.h5")
