import keras
import tensorflow as tf
from tensorflow.keras import layers


class Prepared(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        optimizer = self.model.optimizer
        lr = optimizer.learning_rate if hasattr(optimizer, "learning_rate") else optimizer.lr
        if hasattr(self.model.optimizer, "lr"):
            lr = self.model.optimizer.lr
        else:
            lr = self.model.optimizer.learning_rate
        try:
            lr = optimizer.lr
        except AttributeError:
            lr = optimizer.learning_rate
        for metric in self.model.metrics:
            if hasattr(metric, "reset_state"):
                metric.reset_state()
            else:
                metric.reset_states()
        return lr


class Trainer(keras.callbacks.Callback):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def on_epoch_begin(self, epoch, logs=None):
        return self.model.optimizer.lr


class Nested(keras.Model):
    @property
    def layers(self):
        return self.parts

    def shapes(self):
        shapes = [layer.output_shape for layer in self.layers]
        inner = [layer.output_shape for layer in self.layers if isinstance(layer, keras.Model)]
        return shapes, inner, self.output_shape


class Adapted(keras.optimizers.Optimizer):
    @property
    def lr(self):
        return self.learning_rate

    @lr.setter
    def lr(self, value):
        self.learning_rate = value


class Total(keras.metrics.Metric):
    def __init__(self):
        super().__init__()
        self.total = self.add_variable(shape=(), initializer="zeros", name="total")


def either(wide):
    return layers.Dense(3) if wide else keras.Sequential()


mixed = [layers.Dense(3)]
mixed.append(other)
print(mixed[0].output_shape, either(True).output_shape)
