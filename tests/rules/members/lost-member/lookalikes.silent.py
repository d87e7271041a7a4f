import keras
import torch
from sklearn.base import BaseEstimator


class Estimator(BaseEstimator):
    def predict_proba(self, x):
        return x

    def reset_states(self):
        self.lr = 3


class Own(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.output_shape = (3,)
        self.lr = 0.1

    def build(self, input_shape):
        self.stateful = True

    @property
    def updates(self):
        return []

    def get(self):
        return self.output_shape, self.updates, self.stateful


def unknown(model, optimizer, layer):
    optimizer.lr = 3
    model.predict_classes([])
    layer.reset_states()
    return layer.input_shape, optimizer.weights


Estimator().predict_proba(3)
other = torch.optim.Adam([]).lr
model = keras.Sequential()
print(model.input_shape, model.weights, model.metrics)
keras.metrics.Mean().reset_state()
keras.layers.LSTM(3, stateful=True).reset_states()
recurrent = keras.layers.LSTM(3, stateful=True)
print(recurrent.stateful, recurrent.cell.implementation)
built = keras.Model(model.inputs, model.outputs)
print(built.inputs, built.output_names, built.history, built.output_shape)
print(keras.layers.Conv2D(3, 3).groups, keras.layers.Normalization().finalize_state)
