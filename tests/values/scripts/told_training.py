"""Models whose layers behave otherwise in training."""

import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

x = np.arange(12.0).reshape(4, 3).astype("float32")
y = np.ones((4, 1), "float32")


class Block(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.norm = layers.BatchNormalization(momentum=0.5)

    def call(self, inputs):
        return self.norm(inputs) * 2.0


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.block = Block()
        self.norms = [layers.BatchNormalization(momentum=0.9) for _ in range(2)]
        self.dense = layers.Dense(1, kernel_initializer="ones")

    def call(self, inputs):
        x = self.block(inputs)
        for norm in self.norms:
            x = norm(x)
        return self.dense(x)


class Stack(keras.Model):
    def __init__(self):
        super().__init__()
        self.stack = keras.Sequential(
            [layers.BatchNormalization(), layers.Dense(1, kernel_initializer="ones")]
        )

    def call(self, inputs, **kwargs):
        return self.stack(inputs, **kwargs)


class Doubled(Classifier):
    def call(self, inputs, training=None):
        return super().call(inputs) * 2.0


class Told(keras.Model):
    def __init__(self):
        super().__init__()
        self.inner = Classifier()
        self.norm = layers.BatchNormalization()
        self.fixed = layers.BatchNormalization()

    def call(self, inputs, training=False):
        return self.norm(self.inner(inputs)) + self.fixed(inputs[:, :1], training=False)


result = {}
for make in (Classifier, Stack, Doubled, Told):
    model = make()
    model.compile(keras.optimizers.SGD(0.01), "mse")
    history = model.fit(x, y, epochs=2, batch_size=4, verbose=0)
    result[make.__name__] = (
        np.array(history.history["loss"]),
        model.predict(x, verbose=0),
        np.array(sorted(one.sum() for one in model.get_weights())),
    )
