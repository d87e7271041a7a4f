"""Models that are trained, evaluated and asked with data of several kinds."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

x = np.linspace(0.0, 1.0, 12).reshape(4, 3).astype("float32")
labels = np.array([[1.0], [0.0], [0.0], [1.0]], "float32")


class Pairs(tf.keras.utils.Sequence):
    def __init__(self, size):
        self.size = size

    def __len__(self):
        return len(x) // self.size

    def __getitem__(self, index):
        return self.batch(slice(index * self.size, (index + 1) * self.size))

    def batch(self, part):
        inputs = [x[part], x[part] + 1.0]
        return inputs, [labels[part]]


def batches():
    while True:
        yield [x, labels]


def plain():
    model = tf.keras.Sequential([layers.Dense(1, kernel_initializer="ones")])
    model.compile(tf.keras.optimizers.SGD(0.1), "mse")
    return model


def pairs():
    first, second = tf.keras.Input((3,)), tf.keras.Input((3,))
    outputs = layers.Dense(1, kernel_initializer="ones")(layers.Add()([first, second]))
    model = tf.keras.Model([first, second], outputs)
    model.compile("sgd", "mse")
    return model


def results():
    inputs = tf.keras.Input((3,))
    main = layers.Dense(1, "sigmoid", kernel_initializer="ones", name="main")(inputs)
    aux = layers.Dense(1, kernel_initializer="ones", name="aux")(main)
    model = tf.keras.Model(inputs, [main, aux])
    model.compile("sgd", "mse", metrics=["mae", "AUC"])
    first = model.evaluate(x, [labels, labels], verbose=0)[3]
    loss, _, _, *_ = model.test_on_batch(x, [labels, labels])
    a, b, c, d, e, f, g = model.evaluate(x, [labels, labels], verbose=0)
    scores = model.test_on_batch(x, [labels, labels])
    return [first, loss, a, b, c, d, e, f, g, scores[5]]


def named():
    inputs = tf.keras.Input((3,))
    main = layers.Dense(1, "sigmoid", kernel_initializer="ones", name="main")(inputs)
    aux = layers.Dense(1, kernel_initializer="ones", name="aux")(main)
    single = tf.keras.Model(inputs, main)
    single.compile("sgd", "mse")
    weights = np.array([1.0, 2.0, 0.0, 0.0], "float32")
    found = [single.evaluate(x, {"main": labels}, sample_weight={"main": weights}, verbose=0)]
    found.append(single.train_on_batch(x, {"main": labels}))
    both = tf.keras.Model(inputs, [main, aux])
    both.compile("sgd", "mse")
    targets = {"aux": 1.0 - labels, "main": labels}
    found += both.evaluate(x, targets, verbose=0)
    found += both.evaluate(
        x, {"aux": 1.0 - labels, "main": labels}, sample_weight={"aux": weights}, verbose=0
    )
    found += both.test_on_batch(x, (labels, labels), sample_weight=[weights, weights])
    return found


one = pairs()
fit = one.fit(Pairs(4), shuffle=False, verbose=0)
other = plain()
other.fit(batches(), steps_per_epoch=2, verbose=0)

result = {
    "fit": np.array(fit.history["loss"], "float32"),
    "predicted": one.predict(Pairs(2), verbose=0),
    "results": np.array(results(), "float32"),
    "named": np.array(named(), "float32"),
    "generator": other.predict(x, verbose=0),
}

hollow = tf.keras.Sequential([layers.Dense(1, kernel_initializer="ones")])
hollow.build(input_shape=())
result["built for no shape"] = hollow.predict(np.ones((2, 3), "float32"), verbose=0)
