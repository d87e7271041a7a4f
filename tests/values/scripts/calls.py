"""What layers, models, losses and metrics are called with, and the state that layers keep."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers
from tensorflow.keras.losses import Reduction

labels = [1, 2]
scores = [[0.05, 0.95, 0.0], [0.1, 0.8, 0.1]]
x = np.array([[1.0, -2.0], [0.5, 3.0]], "float32")


def updated(metric, *data, **weights):
    metric.update_state(*data, **weights)
    return metric.result()


def poisson():
    metric = tf.keras.metrics.Poisson()
    metric.update_state([[0, 1], [0, 0]], [[1, 1], [0, 0]], sample_weight=[1, 0])
    return metric.result()


def sparse():
    metric = tf.keras.metrics.SparseCategoricalCrossentropy()
    metric.update_state([1, 2], scores)
    return metric.result()


def predicted():
    model = tf.keras.Sequential(layers.Dense(1, kernel_initializer="ones"))
    model.compile(tf.keras.optimizers.SGD(learning_rate=1), "mse")
    model.fit([[1.0, 2.0]], [[4.0]], verbose=0)
    return model.predict([[1.0, 2.0]], verbose=0)


def normalized():
    layer = layers.Normalization(axis=None)
    layer.adapt([0, 2])
    return layer(x)


class Scale(layers.Layer):
    def __init__(self):
        super().__init__()
        self.seen = tf.Variable(0.0, trainable=False)

    def build(self, input_shape):
        self.scale = tf.Variable(tf.ones((input_shape[-1],)) * 2.0, trainable=True)

    def call(self, inputs):
        self.seen.assign_add(tf.reduce_sum(inputs))
        return inputs * self.scale


def trained():
    layer = Scale()
    layer(x)
    model = tf.keras.Sequential([layer])
    model.compile(tf.keras.optimizers.SGD(0.1), "mse")
    model.fit(x, x, batch_size=2, shuffle=False, verbose=0)
    return [layer(x), len(layer.weights), len(layer.trainable_weights)]


result = {
    "relu": layers.ReLU()([-3.0, 2.0]),
    "reshape": layers.Reshape((1,))([[1.0], [2.0]]),
    "loss": tf.keras.losses.SparseCategoricalCrossentropy()(labels, scores),
    "sum": tf.keras.losses.MeanSquaredError(reduction=tf.keras.losses.Reduction.SUM)(x, x + 1),
    "none": tf.keras.losses.MeanSquaredError(reduction=Reduction.NONE)(x, x + 1),
    "function": tf.keras.losses.sparse_categorical_crossentropy(labels, scores),
    "poisson": poisson(),
    "sparse": sparse(),
    "predicted": predicted(),
    "normalized": normalized(),
    "trained": trained(),
    "hard sigmoid": tf.keras.activations.hard_sigmoid(tf.constant(x)),
    "gates": layers.Activation("hard_sigmoid")(x),
    "share": tf.keras.metrics.binary_accuracy([[1.0, 0.0]], [[0.7, 0.6]]),
    "input": tuple(layers.Dense(3)(tf.keras.Input(4)).shape),
}


def batches():
    while True:
        yield [x, x + 1.0], x[:, :1]


def generated():
    first, second = tf.keras.Input((2,)), tf.keras.Input((2,))
    outputs = layers.Dense(1, kernel_initializer="ones")(layers.Add()([first, second]))
    model = tf.keras.Model([first, second], outputs)
    model.compile("sgd", "mse")
    return [model.fit(batches(), steps_per_epoch=2, verbose=0).history["loss"][0]]


result["generated"] = np.array(generated())
