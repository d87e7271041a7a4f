import keras
import tensorflow as tf
from tensorflow.keras.optimizers import SGD

optimizer = SGD(0.1)
optimizer.lr.assign(0.2)
print(optimizer.lr, optimizer.weights)
mean = tf.keras.metrics.Mean()
mean.reset_states()
dense = keras.layers.Dense(3)
shape = dense.input_shape[1:], dense.output_shape, dense.inbound_nodes
model = keras.Sequential([dense])
model.fit_generator(batches, 10, 3, workers=1, callbacks=None)
scores = model.evaluate_generator(generator=batches, steps=3)
guess = model.predict_generator(batches, 3, None, 10)
print(model.input_shape)


class Count(keras.metrics.Metric):
    def __init__(self):
        super().__init__()
        self.total = self.add_weight(name="total")

    def reset_states(self):
        self.total.assign(0.0)


class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_variable(name="scale", shape=())
        self.inner = keras.layers.Dense(3)

    def get(self):
        self.add_update([])
        return self.inner.output_shape


class Adapted(keras.optimizers.Adam):
    def __init__(self):
        super().__init__()
        print(self.lr)


class Schedule(keras.callbacks.Callback):
    def __init__(self, optimizer: keras.optimizers.Optimizer):
        self.optimizer = optimizer
        self.optimizer.lr = 0.1

    def on_epoch_end(self, epoch, logs=None):
        optimizer.lr, self.rate = 0.3, 2
        optimizer.lr *= 0.5


def shapes(model):
    for layer in model.layers:
        print(layer.name, layer.input_shape, layer.output_shape[1:])


def copied(layer):
    layer.build(layer.input_shape)
    layer.set_weights([])


def rename(base):
    model = keras.Sequential()
    model._name = "renamed"
    return model, keras.layers.Dense(1)._name
