import keras
import tensorflow as tf
from tensorflow.keras.optimizers import SGD

optimizer = SGD(0.1)
optimizer.learning_rate.assign(0.2)
print(optimizer.learning_rate, optimizer.variables)
mean = tf.keras.metrics.Mean()
mean.reset_state()
dense = keras.layers.Dense(3)
shape = dense.input.shape[1:], dense.output.shape, dense._inbound_nodes
model = keras.Sequential([dense])
model.fit(batches, steps_per_epoch=10, epochs=3, workers=1, callbacks=None)
scores = model.evaluate(x=batches, steps=3, verbose=0)
guess = model.predict(batches, steps=3, callbacks=None, max_queue_size=10, verbose=0)
print(model.input_shape)


class Count(keras.metrics.Metric):
    def __init__(self):
        super().__init__()
        self.total = self.add_weight(name="total")

    def reset_state(self):
        self.total.assign(0.0)


class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(name="scale", shape=())
        self.inner = keras.layers.Dense(3)

    def get(self):
        self.add_update([])
        return self.inner.output.shape


class Adapted(keras.optimizers.Adam):
    def __init__(self):
        super().__init__()
        print(self.learning_rate)


class Schedule(keras.callbacks.Callback):
    def __init__(self, optimizer: keras.optimizers.Optimizer):
        self.optimizer = optimizer
        self.optimizer.learning_rate = 0.1

    def on_epoch_end(self, epoch, logs=None):
        optimizer.learning_rate, self.rate = 0.3, 2
        optimizer.learning_rate *= 0.5


def shapes(model):
    for layer in model.layers:
        print(layer.name, keras.tree.map_structure(lambda x: x.shape, layer.input), layer.output.shape[1:])


def copied(layer):
    layer.build(keras.tree.map_structure(lambda x: x.shape, layer.input))
    layer.set_weights([])


def rename(base):
    model = keras.Sequential()
    model.name = "renamed"
    return model, keras.layers.Dense(1).name
