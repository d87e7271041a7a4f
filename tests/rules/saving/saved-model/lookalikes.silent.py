import os

import keras
import matplotlib.pyplot as plt
import numpy as np

model = keras.Sequential([keras.layers.Dense(1)])
model.save("model.keras")
model.save("model.h5", overwrite=True)
model.save(path)
model.save(f"{name}.keras")
model.save("model_" + suffix)
model.save(os.path.join(folder, name))
model.save(os.path.join(folder, "model.keras"))
model.export("model")
figure = plt.figure()
figure.save("figure")
np.save("array", [1])
unknown.save("model")
keras.models.load_model("saved_elsewhere")


class Own(keras.Model):
    def save(self, path):
        return path


Own().save("own")
