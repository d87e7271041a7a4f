import os

import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.save_weights("weights.weights.h5")
model.load_weights("weights.weights.h5")
path = os.path.join("out", "weights.weights.h5")
model.save_weights(path)
model.load_weights(path)
model.load_weights("elsewhere.ckpt")
callbacks = [
    keras.callbacks.ModelCheckpoint("best.weights.h5", save_weights_only=True),
    keras.callbacks.ModelCheckpoint("model-{epoch:02d}.keras", save_best_only=True),
    keras.callbacks.ModelCheckpoint(filepath="best.weights.h5", monitor="loss", save_weights_only=True),
]

from keras.callbacks import ModelCheckpoint as Checkpoint

Checkpoint("best.weights.h5", save_weights_only=True)
