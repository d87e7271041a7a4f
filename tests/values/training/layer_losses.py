"""Layers and models that add losses and metrics of their own."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class ActivityRegularizationLayer(layers.Layer):
    """Layer that creates an activity sparsity regularization loss."""

    def __init__(self, rate=1e-2):
        super().__init__()
        self.rate = rate

    def call(self, inputs):
        # We use `add_loss` to create a regularization loss
        # that depends on the inputs.
        self.add_loss(self.rate * tf.reduce_sum(inputs))
        return inputs


class LogisticEndpoint(keras.layers.Layer):
    """Takes logits and targets, gives probabilities; loss and accuracy are its own."""

    def __init__(self, name=None):
        super().__init__(name=name)
        self.loss_fn = keras.losses.BinaryCrossentropy(from_logits=True)
        self.accuracy_fn = keras.metrics.BinaryAccuracy(name="accuracy")

    def call(self, logits, targets=None, sample_weight=None):
        if targets is not None:
            # Compute the training-time loss value and add it
            # to the layer using `self.add_loss()`.
            loss = self.loss_fn(targets, logits, sample_weight)
            self.add_loss(loss)

            # Log the accuracy as a metric (we could log arbitrary metrics,
            # including different metrics for training and inference.
            self.accuracy_fn.update_state(targets, tf.sigmoid(logits), sample_weight)

        # Return the inference-time prediction tensor (for `.predict()`).
        return tf.sigmoid(logits)


class Spread(layers.Layer):
    def call(self, inputs):
        # How far the units are apart
        self.add_metric(tf.math.reduce_std(inputs), name="spread", aggregation="mean")
        return inputs


rng = np.random.RandomState(37)
x = rng.normal(size=(8, 4)).astype("float32")
y = (x[:, :1] > 0).astype("float32")

inputs = keras.Input((4,), name="inputs")
targets = keras.Input((1,), name="targets")
h = ActivityRegularizationLayer()(layers.Dense(3, activation="relu")(inputs))
logits = layers.Dense(1)(h)
predictions = LogisticEndpoint(name="predictions")(logits, targets)
endpoint = keras.Model([inputs, targets], predictions)
endpoint.set_weights([rng.normal(0, 0.5, w.shape) for w in endpoint.get_weights()])
endpoint.compile(optimizer=keras.optimizers.SGD(0.1))
history = endpoint.fit([x, y], batch_size=4, epochs=1, shuffle=False, verbose=0).history

model = keras.Sequential([
    keras.Input((4,)),
    layers.Dense(3, activation="tanh"),
    Spread(),
    layers.Dense(1, activation="sigmoid", activity_regularizer="l2"),
])
model.set_weights([rng.normal(0, 0.5, w.shape) for w in model.get_weights()])
model.compile(loss="binary_crossentropy", optimizer="sgd")
spread = model.fit(x, y, batch_size=4, epochs=1, shuffle=False, verbose=0).history
result = {
    "endpoint": history["loss"],
    "endpoint weights": endpoint.get_weights(),
    "loss": spread["loss"],
    "spread": spread["spread"],
    "weights": model.get_weights(),
}
