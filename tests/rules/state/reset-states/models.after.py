from tensorflow import keras

model = keras.Sequential([keras.layers.LSTM(2, stateful=True)])
for layer_2 in model.layers:
    if hasattr(layer_2, "reset_states"):
        layer_2.reset_states()
for epoch in range(3):
    model.fit([], epochs=1)
    for layer_2 in model.layers:
        if hasattr(layer_2, "reset_states"):
            layer_2.reset_states()  # for the next epoch
reset = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: [layer_2.reset_states() for layer_2 in model.layers if hasattr(layer_2, "reset_states")])


class Reset(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        for layer_2 in self.model.layers:
            if hasattr(layer_2, "reset_states"):
                layer_2.reset_states()


def build(layer):
    made = keras.Sequential([layer])
    for layer_2 in made.layers:
        if hasattr(layer_2, "reset_states"):
            layer_2.reset_states()
    return made
