import tensorflow as tf
from tensorflow import keras
from tensorflow.python.ops import control_flow_ops, state_ops


class Momentum(keras.optimizers.Optimizer):
    """SGD with momentum."""

    def __init__(
        self, learning_rate=0.01, momentum=0.9, weight_decay=0.0, name="Momentum", **kwargs
    ):
        decay = kwargs.pop("decay", 0.0)
        super(Momentum, self).__init__(learning_rate=kwargs.pop("lr", learning_rate), name=name, **kwargs)
        self.decay = decay
        self.momentum = momentum
        self._weight_decay = weight_decay
        self.nesterov = False

    def build(self, var_list):
        """Make the momentum of each variable."""
        if self.built:
            return
        super().build(var_list)
        self.m_slots = []
        self.n_slots = []
        for var in var_list:
            self.m_slots.append(self.add_variable_from_reference(var, "m"))
        if self.nesterov:
            for var in var_list:
                self.n_slots.append(self.add_variable_from_reference(reference_variable=var, name="n", initializer="ones"))

    def update_step(self, grad, var, learning_rate):
        grad = keras.ops.add(keras.ops.zeros(var.shape, var.dtype), grad)
        learning_rate = learning_rate / (1.0 + self.decay * keras.ops.cast(self.iterations, learning_rate.dtype))
        var_dtype = var.dtype
        lr = keras.ops.cast(learning_rate, var_dtype)
        momentum = keras.ops.cast(self.momentum, var_dtype)
        grad = grad + keras.ops.cast(self._weight_decay, var_dtype) * var
        m = self.m_slots[self._get_variable_index(var)]
        m_t = m.assign(momentum * m - lr * grad)
        update = var.assign_add(m_t)
        updates = [update, m_t]
        return updates

    def get_config(self):
        config = super().get_config()
        config.update(
            {
                "decay": self.decay,
                "momentum": self.momentum,
                "weight_decay": self._weight_decay,
            }
        )
        return config


class Plain(tf.keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, **kwargs):
        super().__init__(learning_rate=learning_rate, name="plain", **kwargs)

    def update_step(self, grad, var, learning_rate):
        return var.assign_sub(grad * learning_rate)

    def get_config(self):
        return {
            **super().get_config(),
        }


class Decayed(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, **kwargs):
        decay = kwargs.pop("decay", 0.0)
        super().__init__(learning_rate=learning_rate, name="decayed", **kwargs)
        self._initial_decay = decay

    def build(self, var_list):
        if self.built:
            return
        super().build(var_list)
        self.m_slots = []
        for var in var_list:
            self.m_slots.append(self.add_variable_from_reference(var, "m"))

    def update_step(self, grad, var, learning_rate):
        learning_rate = learning_rate / (1.0 + self._initial_decay * keras.ops.cast(self.iterations, learning_rate.dtype))
        m = self.m_slots[self._get_variable_index(var)].assign(grad)
        update = var.assign_sub(m * keras.ops.cast(learning_rate, var.dtype))
        return [update, m]

    def get_config(self):
        config = super().get_config()
        config["decay"] = self._initial_decay
        return config


class Prepared(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, beta=0.9, name="Prepared", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.beta = beta

    def build(self, var_list):
        if self.built:
            return
        super().build(var_list)
        self.m_slots = []
        for var in var_list:
            self.m_slots.append(self.add_variable_from_reference(var, "m", initializer=keras.initializers.Constant(0.1)))

    def _coefficients(self, var_dtype, learning_rate):
        apply_state = {"lr_t": keras.ops.cast(learning_rate, var_dtype)}
        apply_state["beta"] = keras.ops.cast(self.beta, var_dtype)
        return apply_state

    def update_step(self, grad, var, learning_rate):
        var_dtype = var.dtype
        coefficients = self._coefficients(var_dtype, learning_rate)
        m = self.m_slots[self._get_variable_index(var)]
        m.assign(coefficients["beta"] * m + grad)
        return var.assign_sub(coefficients["lr_t"] * m)


class Bounded(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, base=None, weight_decay=0.0, name="Bounded", **kwargs):
        # From a configuration.
        if isinstance(learning_rate, dict):
            learning_rate = keras.optimizers.schedules.deserialize(learning_rate)
        if base is None:
            base = learning_rate
        decay = kwargs.pop("decay", 0.0)
        super().__init__(learning_rate=kwargs.pop("lr", learning_rate), name=name, **kwargs)
        self.base = base
        self.decay = decay
        self._weight_decay = weight_decay

    def _rate(self, dtype):
        rate = self._weight_decay
        if isinstance(rate, keras.optimizers.schedules.LearningRateSchedule):
            rate = tf.cast(rate(self.iterations), dtype)
        return rate

    def update_step(self, grad, var, learning_rate):
        grad = keras.ops.add(keras.ops.zeros(var.shape, var.dtype), grad)
        learning_rate = learning_rate / (1.0 + self.decay * keras.ops.cast(self.iterations, learning_rate.dtype))
        rate = keras.ops.cast(learning_rate, var.dtype)
        grad = grad + self._rate(var.dtype) * var
        return var.assign_sub(rate * grad)

    def get_config(self):
        return {
            **super().get_config(),
            "base": self.base,
            "decay": self.decay,
            "weight_decay": self._weight_decay,
        }
