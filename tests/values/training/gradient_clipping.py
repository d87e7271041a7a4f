"""Steps that look at the gradients: clipped by global norm, centralised, their norm as a metric."""

import numpy as np
import tensorflow as tf
import tensorflow.keras as keras


class ClippedModel(keras.Model):
    """Clips to the global norm and reports it."""

    def __init__(self, *args, max_norm=0.5, **kwargs):
        super().__init__(*args, **kwargs)
        self.max_norm = max_norm
        self.norm_tracker = keras.metrics.Mean(name="gradient_norm")

    def train_step(self, data):
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x, y, y_pred, sample_weight)
        gradients = tape.gradient(loss, self.trainable_variables)
        norm = tf.linalg.global_norm(gradients)
        gradients = [g * tf.minimum(self.max_norm / (norm + 1e-6), 1.0) for g in gradients]
        # or: gradients, norm = tf.clip_by_global_norm(gradients, self.max_norm)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.norm_tracker.update_state(norm)
        self.compiled_metrics.update_state(y, y_pred, sample_weight)
        return {m.name: m.result() for m in self.metrics}


class CentralizedRMSprop(keras.optimizers.RMSprop):
    """Subtracts the mean from each gradient that has more than one axis."""

    def apply_gradients(self, grads_and_vars, **kwargs):
        centered = []
        for grad, variable in grads_and_vars:
            if len(grad.shape) > 1:
                axis = list(range(len(grad.shape) - 1))
                grad = grad - tf.reduce_mean(grad, axis=axis, keepdims=True)
            centered.append((grad, variable))
        return super().apply_gradients(centered, **kwargs)


rng = np.random.RandomState(83)
x = rng.normal(size=(8, 3)).astype("float32")
y = 3 * x.sum(axis=1, keepdims=True)
start = [rng.normal(0, 0.5, shape) for shape in ((3, 4), (4,), (4, 1), (1,))]


def network(cls, **given):
    inputs = keras.Input((3,))
    outputs = keras.layers.Dense(1)(keras.layers.Dense(4, activation="selu")(inputs))
    model = cls(inputs, outputs, **given)
    for variable, value in zip(model.trainable_variables, start):
        variable.assign(value)
    return model


result = {}
model = network(ClippedModel, max_norm=0.3)
model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse", metrics=["mae"])
history = model.fit(x, y, batch_size=4, shuffle=False, verbose=0).history
result["clipped"] = [v.numpy() for v in model.trainable_variables]
result["norm"] = history["gradient_norm"]
result["mae"] = history["mae"]

for name, optimizer in {
    "clipnorm": keras.optimizers.SGD(0.1, clipnorm=0.4),
    "clipvalue": keras.optimizers.Adam(0.1, clipvalue=0.5),
    "global_clipnorm": keras.optimizers.SGD(0.1, global_clipnorm=0.5),
    "centralized": CentralizedRMSprop(0.01),
}.items():
    model = network(keras.Model)
    model.compile(optimizer=optimizer, loss="mse")
    result[name] = model.fit(x, y, batch_size=4, shuffle=False, verbose=0).history["loss"]
    result[name + " weights"] = model.get_weights()
