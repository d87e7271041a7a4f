"""Steps with the compiled loss and metrics of Keras 2."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

x = np.linspace(-1, 1, 40).reshape(10, 4).astype("float32")
y = (x.sum(axis=1, keepdims=True) * 0.3).astype("float32")
w = np.linspace(0.5, 1.5, 10).astype("float32")


result = {}


def trained(
    cls, loss="mse", targets=y, weights=None, regularizer=None, outputs=1, size=4, **compiled
):
    """The history, the weights and what `evaluate` gives after two epochs of unequal batches."""
    inputs = keras.Input((4,))
    made = [
        layers.Dense(1, kernel_initializer="ones", kernel_regularizer=regularizer, name=f"out_{i}")
        for i in range(outputs)
    ]
    given = [layer(inputs) for layer in made]
    model = cls(inputs, given[0] if outputs == 1 else given)
    model.compile(keras.optimizers.SGD(0.05), loss=loss, **compiled)
    history = model.fit(
        x, targets, sample_weight=weights, batch_size=size, epochs=2, shuffle=False, verbose=0
    ).history
    evaluated = model.evaluate(x, targets, batch_size=size, verbose=0, return_dict=True)
    return {
        "history": {name: np.array(values) for name, values in sorted(history.items())},
        "weights": [np.array(one) for one in model.trainable_weights],
        "evaluated": {name: np.array(value) for name, value in sorted(evaluated.items())},
    }


class Compiled(keras.Model):
    """The step of Keras's own guide."""

    def train_step(self, data):
        # Targets, and weights if there are any.
        if len(data) == 3:
            x, y, sample_weight = data
        else:
            sample_weight = None
            x, y = data

        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)  # Forward pass
            loss = self.compiled_loss(
                y,
                y_pred,
                sample_weight=sample_weight,
                regularization_losses=self.losses,  # of the layers
            )

        trainable_vars = self.trainable_variables
        gradients = tape.gradient(loss, trainable_vars)
        self.optimizer.apply_gradients(zip(gradients, trainable_vars))
        self.compiled_metrics.update_state(y, y_pred, sample_weight=sample_weight)
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        x, y = data
        y_pred = self(x, training=False)
        # Updates the metrics that track the loss.
        self.compiled_loss(y, y_pred, regularization_losses=self.losses)
        self.compiled_metrics.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


result["compiled"] = trained(Compiled, metrics=["mae"], regularizer="l2")
result["weighted"] = trained(Compiled, weights=w, weighted_metrics=["mae"])
result["two"] = trained(
    Compiled,
    loss={"out_0": "mse", "out_1": "mae"},
    targets={"out_0": y, "out_1": y},
    outputs=2,
    size=5,
    regularizer="l2",
)


class Minimized(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred)
        self.optimizer.minimize(loss, self.trainable_variables, tape=tape)
        return self.compute_metrics(x, y, y_pred, None)


result["minimized"] = trained(Minimized, metrics=["mae"])


class Halved(keras.Model):
    """Adds the losses of its layers itself, to a part of the loss."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = 0.5 * self.compiled_loss(y, y_pred)
            loss += tf.add_n(self.losses)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.compiled_metrics.update_state(y, y_pred)
        results = {}
        for metric in self.metrics:
            result = metric.result()
            if isinstance(result, dict):
                results.update(result)
            else:
                results[metric.name] = result
        return results


result["halved"] = trained(Halved, metrics=["mae"], regularizer="l2")


class Sharp(keras.Model):
    """Two losses in a step, as sharpness-aware minimisation has them."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compiled_loss(y, self(x, training=True), regularization_losses=self.losses)
        variables = self.trainable_variables
        gradients = tape.gradient(loss, variables)
        scale = 0.05 / tf.sqrt(sum(tf.reduce_sum(gradient**2) for gradient in gradients))
        for variable, gradient in zip(variables, gradients):
            variable.assign_add(gradient * scale)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(y, y_pred, regularization_losses=self.losses)
        moved = tape.gradient(loss, variables)
        for variable, gradient in zip(variables, gradients):
            variable.assign_sub(gradient * scale)
        self.optimizer.apply_gradients(zip(moved, variables))
        self.compiled_metrics.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


result["sharp"] = trained(Sharp, metrics=["mae"], regularizer="l2")


class Returned(keras.Model):
    """Its loss is known to the step alone."""

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - self(x, training=True)))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"loss": loss}

    def test_step(self, data):
        x, y = data
        return {"loss": tf.reduce_max(tf.square(y - self(x, training=False)))}


result["returned"] = trained(Returned, loss=None)


class Tracked(keras.Model):
    """Reports by metrics of its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.error = keras.metrics.MeanAbsoluteError(name="error")

    @property
    def metrics(self):
        return [self.loss_tracker, self.error]

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(y, y_pred)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.loss_tracker.update_state(loss)
        self.error.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        x, y = data
        y_pred = self(x, training=False)
        self.loss_tracker.update_state(self.compiled_loss(y, y_pred))
        self.error.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


result["tracked"] = trained(Tracked)


class Overridden(keras.Model):
    """The loss by the method that Keras calls."""

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None):
        loss = self.compiled_loss(y, y_pred, sample_weight, regularization_losses=self.losses)
        return loss + tf.reduce_mean(tf.abs(y_pred))


result["overridden"] = trained(Overridden, regularizer="l2")["weights"]


class Watching(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.compiled = self.model.compiled_loss is not None
        self.before = float(self.model.compiled_loss(tf.constant(y), self.model(x)))


watching = Watching()
watched = keras.Sequential([layers.Dense(1, kernel_initializer="ones", input_shape=(4,))])
watched.compile("sgd", "mse")
watched.fit(x, y, callbacks=[watching], verbose=0)
result["watched"] = [watching.compiled, watching.before]
