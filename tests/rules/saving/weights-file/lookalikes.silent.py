import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.save_weights("model.weights.h5")
model.save_weights(f"{name}.weights.h5")
model.save_weights(path)
model.load_weights("pretrained.h5")
model.load_weights(path, by_name=True)
keras.callbacks.ModelCheckpoint("model.keras")
keras.callbacks.ModelCheckpoint("model.h5")
keras.callbacks.ModelCheckpoint("model.weights.h5", save_weights_only=True)
keras.callbacks.ModelCheckpoint("model", save_weights_only=weights_only)
keras.callbacks.ModelCheckpoint(path)
unknown.save_weights("weights")
