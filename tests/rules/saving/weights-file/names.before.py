import os

import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.save_weights("weights.ckpt")
model.load_weights("weights.ckpt")
path = os.path.join("out", "weights.h5")
model.save_weights(path)
model.load_weights(path)
model.load_weights("elsewhere.ckpt")
callbacks = [
    keras.callbacks.ModelCheckpoint("best", save_weights_only=True),
    keras.callbacks.ModelCheckpoint("model-{epoch:02d}.hdf5", save_best_only=True),
    keras.callbacks.ModelCheckpoint(filepath="best.h5", monitor="loss", save_weights_only=True),
]

from keras.callbacks import ModelCheckpoint as Checkpoint

Checkpoint("best", save_weights_only=True)
