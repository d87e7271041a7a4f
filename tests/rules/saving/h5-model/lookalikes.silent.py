import keras
import numpy as np

model = keras.Sequential([keras.layers.Dense(1)])
model.save("kept.h5")
pretrained = keras.models.load_model("pretrained.h5")
model.save("model.keras")
model = keras.models.load_model("model.keras")
model.save_weights("model.weights.h5")
model.load_weights("model.weights.h5")
np.save("array.h5", [1])
unknown.save("other.h5")
array = np.load("array.h5")
keras.models.load_model("array.h5")
