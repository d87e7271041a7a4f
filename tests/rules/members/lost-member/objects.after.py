import keras
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import layers


class Schedule(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        if not hasattr(self.model.optimizer, "learning_rate"):
            raise ValueError('Optimizer must have a "lr" attribute.')
        K.set_value(self.model.optimizer.learning_rate, 0.1)
        for metric in self.model.metrics:
            metric.reset_state()

    def on_train_end(self, logs=None):
        for index, layer in enumerate(self.model.layers):
            if isinstance(layer, layers.Dense):
                print(index, layer.output.shape)
        return [layer.output.shape for layer in self.model.layers[1:]]


class Stack(layers.Layer):
    def __init__(self, sizes: "list[int]"):
        super().__init__()
        self.blocks = []
        for size in sizes:
            self.blocks.append(layers.Dense(size))
        self.named = {"first": layers.Dense(3)}

    def shapes(self):
        return [block.input.shape for block in self.blocks], self.named["first"].input.shape


class Total(keras.metrics.Sum):
    def reset_state(self):
        super().reset_state()
        super(Total, self).reset_state()


def build(wide):
    if wide is None:
        return None
    with strategy.scope():
        return keras.Sequential() if wide else keras.Model(a, b)


def rate(optimizer: "tf.keras.optimizers.Optimizer | None" = None):
    if hasattr(optimizer, "learning_rate"):
        return optimizer.learning_rate
    return None


model = build(True)
model.fit(batches)
keras.tree.map_structure(lambda x: x.shape, model.get_layer("first").input)
tf.keras.models.load_model("path").optimizer.learning_rate = 3
