from tensorflow import keras

model = keras.Sequential([keras.layers.LSTM(2, stateful=True)])
model.reset_states()
for epoch in range(3):
    model.fit([], epochs=1)
    model.reset_states()  # for the next epoch
reset = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: model.reset_states())


class Reset(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        self.model.reset_states()


def build(layer):
    made = keras.Sequential([layer])
    made.reset_states()
    return made
