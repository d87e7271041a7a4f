import os

import tensorflow as tf
from keras.models import load_model

model = tf.keras.models.load_model("model.h5", compile=False)
print(model.predict(x))
other = load_model(
    os.path.join(folder, "other.hdf5"),
    custom_objects={"Own": Own}, compile=False,
)
kept = load_model("kept.h5", compile=True)
third = load_model("third.keras")
fourth = load_model("exported/model")
fourth = load_model(f"{folder}/1", compile=False)
