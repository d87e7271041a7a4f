from tensorflow import keras


class Rate(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        logs["lr"] = float(self.model.optimizer.learning_rate)


model = keras.Sequential([keras.layers.Dense(1)])
history = model.fit(x, y, callbacks=[keras.callbacks.ReduceLROnPlateau("loss"), Rate()])
print(history.history["lr"])
