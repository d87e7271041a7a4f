"""Layers, metrics and constraints that Keras 3 lacks."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import layers
from tensorflow.keras.layers import LocallyConnected1D
from tensorflow.keras.layers.experimental import RandomFourierFeatures

steps = np.linspace(-1.0, 1.0, 2 * 6 * 3).reshape(2, 6, 3).astype("float32")
images = np.linspace(-1.0, 1.0, 2 * 5 * 6 * 2).reshape(2, 5, 6, 2).astype("float32")


class Doubled(layers.LocallyConnected2D):
    def call(self, inputs):
        return 2.0 * super().call(inputs)


def values(layer, inputs):
    model = tf.keras.Sequential([layer])
    model(inputs)
    weights = [
        np.cos(np.arange(one.size)).reshape(one.shape).astype("float32")
        for one in layer.get_weights()
    ]
    layer.set_weights(weights)
    again = type(layer).from_config(layer.get_config())
    again.build(inputs.shape)
    again.set_weights(weights)
    shape = layer.compute_output_shape(inputs.shape)
    return {
        "outputs": model.predict(inputs, verbose=0),
        "again": again(inputs),
        "shape": [int(one) for one in shape],
        "weights": [list(one.shape) for one in layer.get_weights()],
        "names": [one.name.split("/")[-1].split(":")[0] for one in layer.weights],
    }


result = {
    "1": values(LocallyConnected1D(4, 3), steps),
    "1, strides": values(LocallyConnected1D(4, 2, strides=2, activation="relu"), steps),
    "1, implementation 2": values(LocallyConnected1D(4, 3, implementation=2), steps),
    "1, implementation 3": values(LocallyConnected1D(4, 3, implementation=3), steps),
    "1, same": values(LocallyConnected1D(2, 4, padding="same", implementation=2), steps),
    "1, channels": values(
        LocallyConnected1D(2, 2, data_format="channels_first", implementation=3), steps
    ),
    "2": values(layers.LocallyConnected2D(3, (2, 3)), images),
    "2, strides": values(layers.LocallyConnected2D(3, 2, strides=(2, 1), use_bias=False), images),
    "2, same": values(
        layers.LocallyConnected2D(3, (2, 3), strides=2, padding="same", implementation=2), images
    ),
    "2, sparse": values(
        layers.LocallyConnected2D(3, (3, 2), padding="same", implementation=3), images
    ),
    "2, channels": values(layers.LocallyConnected2D(3, 2, data_format="channels_first"), images),
    "2, channels, 2": values(
        layers.LocallyConnected2D(3, 2, data_format="channels_first", implementation=2), images
    ),
    "subclass": values(Doubled(3, 2), images),
    "features": values(RandomFourierFeatures(5), steps[0]),
    "laplacian": values(RandomFourierFeatures(5, "laplacian", scale=2.0), steps[0]),
}

for size in (3, 4, 5, 6):
    kernel = np.arange(size * size * 2 * 3).reshape(size, size, 2, 3).astype("float32")
    result[f"radial {size}"] = tf.keras.constraints.RadialConstraint()(tf.constant(kernel))

mean = tf.keras.metrics.MeanTensor()
mean.update_state([0, 1, 2, 3])
mean.update_state([4, 5, 6, 7])
result["mean"] = mean.result()
mean.update_state([12, 10, 8, 6], sample_weight=[0, 0.2, 0.5, 1])
result["weighted"] = mean.result()
mean = tf.keras.metrics.MeanTensor(shape=(2, 2))
mean.update_state([[1.0, 2.0], [3.0, 4.0]], sample_weight=[1.0, 0.5])
result["rows"] = mean.result()
mean.reset_state()
result["reset"] = mean.result()

error = tf.keras.metrics.MeanRelativeError(normalizer=[1, 3, 2, 0])
error.update_state([1, 3, 2, 3], [2, 4, 6, 8])
result["error"] = error.result()

model = tf.keras.experimental.LinearModel(2, kernel_initializer="ones", activation="sigmoid")
result["linear"] = model(steps[0])
