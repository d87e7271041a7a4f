from tensorflow import keras

model = keras.Sequential([keras.layers.Dense(1)])
history = model.fit(x, y, callbacks=[keras.callbacks.ReduceLROnPlateau("loss")])
print(history.history["lr"], model.history.history['lr'], {"lr": 1})
