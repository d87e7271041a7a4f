import keras
import tensorflow as tf


class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(3,), initializer="ones")
        self.old = self.w.read_value()

    def call(self, inputs):
        return inputs * self.w.value() + self.kernel.read_value()  # both


def copied(layer):
    return [w.read_value() for w in layer.weights]


class Average(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.averages = [keras.Variable(w) for w in self.model.trainable_variables]

    def on_train_end(self, logs=None):
        for average, w in zip(self.averages, self.model.trainable_variables):
            w.assign(average.read_value(), use_locking=True)
            print(average.value())


class Total(keras.metrics.Metric):
    def __init__(self):
        super().__init__()
        self.total = self.add_weight(name="total", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        self.total.assign_add(1.0, read_value=False)
        self.total.assign_sub(delta=2.0)
        self.total.assign(value=2.0)
        self.total.assign(
            3.0,  # kept
            name="a",
        )
