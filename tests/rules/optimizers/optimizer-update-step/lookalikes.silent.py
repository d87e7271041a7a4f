import keras
import torch


class Keras3(keras.optimizers.Optimizer):
    def update_step(self, gradient, variable, learning_rate):
        variable.assign_sub(gradient * learning_rate)


class Defaulted(keras.optimizers.SGD):
    def update_step(self, gradient, variable, learning_rate=None):
        super().update_step(gradient, variable, learning_rate)


class Any(keras.optimizers.SGD):
    def update_step(self, *args):
        super().update_step(*args)


class Both(keras.optimizers.SGD):
    def update_step(self, gradient, *args, **kwargs):
        super().update_step(gradient, *args, **kwargs)


class Torch(torch.optim.Optimizer):
    def update_step(self, gradient, variable):
        variable.sub_(gradient)


class Trainer:
    def update_step(self, gradient, variable):
        self._learning_rate = self._build_learning_rate(0.1)
        return self._serialize_hyperparameter(variable)

    def _build_learning_rate(self, rate):
        return rate


class Own(keras.optimizers.Optimizer):
    def __init__(self, rate):
        super().__init__(rate)
        self.kept = self._build_learning_rate(rate)

    def _build_learning_rate(self, rate):
        return rate

    def _serialize_hyperparameter(self, value):
        return float(value)

    def get_config(self):
        return {"kept": self._serialize_hyperparameter(self.kept)}


class Layer(keras.layers.Layer):
    def update_step(self, gradient, variable):
        return gradient
