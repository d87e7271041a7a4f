import keras
from mine import Model

one = keras.layers.LSTM(2, stateful=True)
one.reset_states()
Model().reset_states()
model = keras.Sequential([one])
for layer in model.layers:
    if hasattr(layer, "reset_states"):
        layer.reset_states()


class Own(keras.Model):
    def reset_states(self):
        self.memory = None


own = Own()
own.reset_states()


def reset(model):
    model.reset_states()
