import os

import joblib
import keras
import tensorflow as tf
import xgboost
from somewhere import load_model, path

model = keras.Sequential([keras.layers.Dense(1)])
model.save("model.h5")
model.export("exported")
checkpoint = keras.callbacks.ModelCheckpoint(filepath="best.keras", save_best_only=True)
model = keras.models.load_model("model.h5")
model = keras.models.load_model("best.keras")
model = keras.models.load_model("exported")
where = os.path.join("out", "one.h5")
model.save(where)
model = keras.models.load_model(where)

unknown = keras.models.load_model(path)
unknown = keras.models.load_model(f"{path}.{suffix}")
unknown = keras.models.load_model("model" + suffix)
hub = keras.models.load_model("hf://user/model")
h5 = keras.models.load_model("old.h5", compile=False)
another = load_model("model")
trees = xgboost.Booster().load_model("model")
pickled = joblib.load("model.h5")
saved = tf.saved_model.load("model")
