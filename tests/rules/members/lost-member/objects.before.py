import keras
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import layers


class Schedule(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        if not hasattr(self.model.optimizer, "lr"):
            raise ValueError('Optimizer must have a "lr" attribute.')
        K.set_value(self.model.optimizer.lr, 0.1)
        for metric in self.model.metrics:
            metric.reset_states()

    def on_train_end(self, logs=None):
        for index, layer in enumerate(self.model.layers):
            if isinstance(layer, layers.Dense):
                print(index, layer.output_shape)
        return [layer.output_shape for layer in self.model.layers[1:]]


class Stack(layers.Layer):
    def __init__(self, sizes: "list[int]"):
        super().__init__()
        self.blocks = []
        for size in sizes:
            self.blocks.append(layers.Dense(size))
        self.named = {"first": layers.Dense(3)}

    def shapes(self):
        return [block.input_shape for block in self.blocks], self.named["first"].input_shape


class Total(keras.metrics.Sum):
    def reset_states(self):
        super().reset_states()
        super(Total, self).reset_states()


def build(wide):
    if wide is None:
        return None
    with strategy.scope():
        return keras.Sequential() if wide else keras.Model(a, b)


def rate(optimizer: "tf.keras.optimizers.Optimizer | None" = None):
    if hasattr(optimizer, "lr"):
        return optimizer.lr
    return None


model = build(True)
model.fit_generator(batches)
model.get_layer("first").input_shape
tf.keras.models.load_model("path").optimizer.lr = 3
