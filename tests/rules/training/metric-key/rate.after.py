from tensorflow import keras

model = keras.Sequential([keras.layers.Dense(1)])
history = model.fit(x, y, callbacks=[keras.callbacks.ReduceLROnPlateau("loss")])
print(history.history["learning_rate"], model.history.history['learning_rate'], {"lr": 1})
