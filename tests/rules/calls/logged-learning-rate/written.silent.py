import keras


class Log(keras.callbacks.ReduceLROnPlateau):
    def on_epoch_end(self, epoch, logs=None):
        logs["lr"] = float(self.model.optimizer.learning_rate)


model = keras.Sequential()
history = model.fit([], callbacks=[Log()])
one = history.history["lr"]
