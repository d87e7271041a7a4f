import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.save("kept.h5")
pretrained = keras.models.load_model("pretrained.h5")
model.save("model.keras")
model = keras.models.load_model("model.keras")
model.save_weights("model.weights.h5")
model.load_weights("model.weights.h5")
