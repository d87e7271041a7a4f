import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.load_weights("w.weights.h5", by_name=False)
model.load_weights("w.weights.h5", by_name=True, skip_mismatch=True)
model.save_weights("saved.h5")
model.load_weights("saved.h5", by_name=False)
model.load_weights("old.h5", by_name=True)
model.save_weights("other.h5")
model.load_weights("other.h5", by_name=True)
