"""Optimizers of one's own, in the forms that Keras 2 had before and from 2.11 on."""

import numpy as np
import tensorflow as tf
from tensorflow import keras

x = np.random.RandomState(0).rand(8, 3).astype("float32")
y = x.sum(axis=1, keepdims=True) * 0.5
ids = np.array([[0, 2], [1, 2]])


class Momentum(keras.optimizers.legacy.Optimizer):
    def __init__(
        self, learning_rate=0.01, momentum=0.9, weight_decay=0.0, name="Momentum", **kwargs
    ):
        super().__init__(name, **kwargs)
        self._set_hyper("learning_rate", kwargs.get("lr", learning_rate))
        self._set_hyper("decay", self._initial_decay)
        self._set_hyper("momentum", momentum)
        self._set_hyper("weight_decay", weight_decay)

    def _create_slots(self, var_list):
        for var in var_list:
            self.add_slot(var, "m")
        for var in var_list:
            self.add_slot(var, "sum", initializer="ones")

    def _resource_apply_dense(self, grad, var, apply_state=None):
        var_dtype = var.dtype.base_dtype
        lr = self._decayed_lr(var_dtype)
        momentum = self._get_hyper("momentum", var_dtype)
        grad = grad + self._get_hyper("weight_decay", var_dtype) * var
        m = self.get_slot(var, "m")
        m_t = m.assign(momentum * m - lr * grad, use_locking=self._use_locking)
        sum_t = self.get_slot(var, "sum").assign_add(tf.square(grad))
        update = var.assign_add(m_t / tf.sqrt(sum_t))
        return tf.group(*[update, m_t, sum_t])

    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        dense = tf.scatter_nd(indices[:, None], grad, var.shape)
        return self._resource_apply_dense(dense, var)

    def get_config(self):
        config = super().get_config()
        config.update(
            {
                "learning_rate": self._serialize_hyperparameter("learning_rate"),
                "decay": self._serialize_hyperparameter("decay"),
                "momentum": self._serialize_hyperparameter("momentum"),
                "weight_decay": self._serialize_hyperparameter("weight_decay"),
            }
        )
        return config


class Prepared(keras.optimizers.legacy.Optimizer):
    def __init__(self, learning_rate=0.01, beta=0.9, name="Prepared", **kwargs):
        super().__init__(name, **kwargs)
        self._set_hyper("learning_rate", learning_rate)
        self._set_hyper("beta", beta)

    def _create_slots(self, var_list):
        for var in var_list:
            self.add_slot(var, "m")

    def _prepare_local(self, var_device, var_dtype, apply_state):
        super()._prepare_local(var_device, var_dtype, apply_state)
        beta = tf.identity(self._get_hyper("beta", var_dtype))
        step = tf.cast(self.iterations + 1, var_dtype)
        apply_state[(var_device, var_dtype)].update(
            dict(beta=beta, correction=1 - tf.pow(beta, step))
        )

    def _resource_apply_dense(self, grad, var, apply_state=None):
        var_device, var_dtype = var.device, var.dtype.base_dtype
        coefficients = (apply_state or {}).get(
            (var_device, var_dtype)
        ) or self._fallback_apply_state(var_device, var_dtype)
        m = self.get_slot(var, "m")
        beta = coefficients["beta"]
        m_t = m.assign(beta * m + (1 - beta) * grad, use_locking=self._use_locking)
        return var.assign_sub(coefficients["lr_t"] * m_t / coefficients["correction"])

    def get_config(self):
        return super().get_config()


class Signed(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.1, beta=0.9, jit_compile=False, name="Signed", **kwargs):
        super().__init__(name=name, jit_compile=jit_compile, **kwargs)
        self._learning_rate = self._build_learning_rate(learning_rate)
        self.beta = beta

    def build(self, var_list):
        super().build(var_list)
        if hasattr(self, "_built") and self._built:
            return
        self.momentums = []
        for var in var_list:
            self.momentums.append(
                self.add_variable_from_reference(model_variable=var, variable_name="m")
            )
        self._built = True

    def update_step(self, gradient, variable):
        lr = tf.cast(self.learning_rate, variable.dtype)
        m = self.momentums[self._index_dict[self._var_key(variable)]]
        m.assign(m * self.beta + (1.0 - self.beta) * gradient)
        variable.assign_sub(lr * tf.sign(m) * tf.abs(m))

    def get_config(self):
        config = super().get_config()
        config.update(
            {
                "learning_rate": self._serialize_hyperparameter(self._learning_rate),
                "beta": self.beta,
            }
        )
        return config


class Halved(keras.optimizers.SGD):
    def update_step(self, gradient, variable):
        super().update_step(gradient * 0.5, variable)


def trained(optimizer):
    model = keras.Sequential([keras.layers.Dense(2, kernel_initializer="ones")])
    model.add(keras.layers.Dense(1, kernel_initializer="ones"))
    model.compile(optimizer, "mse")
    model.fit(x, y, epochs=3, batch_size=4, shuffle=False, verbose=0)
    return model.get_weights()


def embedded(optimizer):
    model = keras.Sequential([keras.layers.Embedding(5, 3, embeddings_initializer="ones")])
    model.add(keras.layers.Dense(1, kernel_initializer="ones"))
    model.compile(optimizer, "mse")
    model.fit(ids, np.zeros((2, 2, 1)), epochs=2, verbose=0)
    return model.get_weights()


momentum = Momentum(0.05, decay=0.1, weight_decay=0.01)
signed = Signed(0.05, clipnorm=1.0)
schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5)
result = {
    "momentum": trained(momentum),
    "momentum from its configuration": trained(Momentum.from_config(momentum.get_config())),
    "momentum by an old name": trained(Momentum(lr=0.02)),
    "momentum with a schedule": trained(Momentum(schedule, clipnorm=1.0)),
    "momentum of an embedding": embedded(Momentum(0.1)),
    "prepared": trained(Prepared(0.1)),
    "prepared with a schedule": trained(Prepared(schedule)),
    "signed": trained(signed),
    "signed from its configuration": trained(Signed.from_config(signed.get_config())),
    "halved": trained(Halved(0.1)),
}
result["decay"] = trained(keras.optimizers.legacy.SGD(0.1, decay=0.5))
result["decay of the default"] = trained(keras.optimizers.legacy.Adam(decay=0.5, beta_1=0.8))
slowed = keras.Sequential([keras.layers.Dense(1, kernel_initializer="ones")])
slowed.compile(keras.optimizers.SGD(0.1), "mse")
slower = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.5)
history = slowed.fit(x, y, epochs=2, shuffle=False, verbose=0, callbacks=[slower])
result["logged"] = [float(rate) for rate in history.history["lr"]]


def repeated():
    """The losses of an epoch, and of another with the weights of before."""
    optimizer = keras.optimizers.legacy.SGD(0.05, momentum=0.9)
    model = keras.Sequential([keras.layers.Dense(1, kernel_initializer="ones")])
    model.compile(optimizer, "mse")
    losses = model.fit(x, y, shuffle=False, verbose=0).history["loss"]
    kept, weights = optimizer.get_weights(), model.get_weights()
    losses += model.fit(x, y, shuffle=False, verbose=0).history["loss"]
    optimizer.set_weights(kept)
    model.set_weights(weights)
    losses += model.fit(x, y, shuffle=False, verbose=0).history["loss"]
    return len(kept), [round(loss, 4) for loss in losses]


result["repeated"] = repeated()
first, second = keras.metrics.Mean(), keras.metrics.Mean()
first.update_state([1.0, 2.0])
second.update_state([6.0])
first.merge_state([second])
result["merged"] = float(first.result())
