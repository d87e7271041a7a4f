"""Models and layers whose weights are asked for before they are called."""

import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow import keras

x = np.array([[1.0, 2.0, 3.0], [0.5, -1.0, 2.0]], "float32")
path = os.path.join(tempfile.mkdtemp(), "model.weights.h5")
result = {}


class Classifier(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.hidden = keras.layers.Dense(4, kernel_initializer="ones", bias_initializer="ones")
        self.out = keras.layers.Dense(1, kernel_initializer="ones")

    def call(self, inputs):
        return self.out(self.hidden(inputs))


class Pair(Classifier):
    def call(self, inputs):
        left, right = inputs
        return self.out(self.hidden(left) + right)


model = Classifier()
model.build((None, 3))
result["parameters"] = model.count_params()
result["trainable"] = len(model.trainable_weights)
model.set_weights([0.5 * one for one in model.get_weights()])
model.save_weights(path)
again = Classifier()
again.build(input_shape=(None, 3))
again.load_weights(path)
result["loaded"] = again.predict(x, verbose=0)
again.compile("sgd", "mse")
again.fit(x, np.ones((2, 1), "float32"), epochs=2, verbose=0)
result["fitted"] = again.predict(x, verbose=0)
pair = Pair()
pair.build([(None, 3), (None, 4)])
result["pair"] = [one.shape for one in pair.get_weights()]


class Feed(keras.layers.Layer):
    """Keras 3 asks it for its output's shape and doesn't run its `call`."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.hidden = [keras.layers.Dense(4, kernel_initializer="ones") for _ in range(2)]
        self.norm = keras.layers.LayerNormalization()
        self.out = keras.layers.Dense(units, kernel_initializer="ones")

    def build(self, input_shape):
        self.gate = keras.layers.Dense(input_shape[-1], "sigmoid", kernel_initializer="ones")
        super().build(input_shape)

    def call(self, inputs, training=None):
        x = inputs * self.gate(inputs)
        for dense in self.hidden:
            x = dense(x)
        if training:
            x = x * 1.0
        x = self.norm(tf.concat([x, inputs], axis=-1))
        return self.out(x)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.units)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


class Bilinear(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.left = keras.layers.Dense(2, kernel_initializer="ones")
        self.right = keras.layers.Dense(2, kernel_initializer="ones")

    def call(self, inputs, other):
        return self.left(inputs) * self.right(other)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], 2)


class Cell(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.state_size = units
        self.inner = keras.layers.Dense(units, kernel_initializer="ones")
        self.recurrent = keras.layers.Dense(units, kernel_initializer="ones")

    def call(self, inputs, states):
        h = 0.1 * (self.inner(inputs) + self.recurrent(states[0]))
        return h, [h]


class Encoder(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.feed = Feed(3)
        self.body = keras.Sequential([keras.layers.Dense(2, kernel_initializer="ones")])

    def build(self, input_shape):
        super().build(input_shape)

    def call(self, inputs):
        return self.body(self.feed(inputs))


def functional(layer, *shapes):
    inputs = [keras.Input(shape) for shape in shapes]
    return keras.Model(inputs, layer(*inputs))


def lowered(one):
    return one * 0.5 - 0.1


custom = {"Feed": Feed, "Encoder": Encoder}
sequences = np.stack([x, x + 1.0, x - 1.0], axis=1)
makers = {
    "feed": (lambda: functional(Feed(2), (3,)), [x]),
    "bilinear": (lambda: functional(Bilinear(), (3,), (3,)), [x, x + 1.0]),
    "cell": (lambda: functional(keras.layers.RNN(Cell(2)), (3, 3)), [sequences]),
}
for name, (make, data) in makers.items():
    model = make()
    result[name, "weights"] = sorted(one.shape for one in model.get_weights())
    model.set_weights([lowered(one) for one in model.get_weights()])
    model.compile(keras.optimizers.SGD(0.01), "mse")
    model.fit(data, np.ones((2, 2), "float32"), epochs=2, verbose=0)
    expected = model.predict(data, verbose=0)
    result[name, "predicted"] = expected
    model.save_weights(path)
    again = make()
    again.load_weights(path)
    result[name, "loaded"] = np.allclose(again.predict(data, verbose=0), expected, atol=1e-5)

whole = os.path.join(tempfile.mkdtemp(), "model.keras")
for name, model in (("feed", makers["feed"][0]()), ("encoder", Encoder())):
    model(x)
    model.set_weights([lowered(one) for one in model.get_weights()])
    result[name, "set"] = model.predict(x, verbose=0)
    model.save(whole)
    again = keras.models.load_model(whole, custom_objects=custom)
    result[name, "again"] = np.allclose(again.predict(x, verbose=0), result[name, "set"], atol=1e-5)


class Pooled(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = keras.layers.Dense(2, kernel_initializer="ones")

    def call(self, inputs):
        return tf.reduce_mean(self.dense(inputs), axis=1)


inputs = keras.Input((2, 3, 3))
model = keras.Model(inputs, keras.layers.TimeDistributed(Pooled())(inputs))
result["pooled"] = model.predict(np.stack([sequences, sequences * 2.0], axis=1), verbose=0)
result["pooled weights"] = len(model.get_weights())
