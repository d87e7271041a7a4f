import tensorflow as tf
from tensorflow import keras
from tensorflow.python.ops import control_flow_ops, state_ops


class Momentum(keras.optimizers.Optimizer):
    """SGD with momentum."""

    def __init__(
        self, learning_rate=0.01, momentum=0.9, weight_decay=0.0, name="Momentum", **kwargs
    ):
        super(Momentum, self).__init__(name, **kwargs)
        self._set_hyper("learning_rate", kwargs.get("lr", learning_rate))
        self._set_hyper("decay", self._initial_decay)
        self._set_hyper("momentum", momentum)
        self._set_hyper("weight_decay", weight_decay)
        self.nesterov = False

    def _create_slots(self, var_list):
        """Make the momentum of each variable."""
        for var in var_list:
            self.add_slot(var, "m")
        if self.nesterov:
            for var in var_list:
                self.add_slot(var=var, slot_name="n", initializer="ones")

    def _resource_apply_dense(self, grad, var, apply_state=None):
        var_dtype = var.dtype.base_dtype
        lr = self._decayed_lr(var_dtype)
        momentum = self._get_hyper("momentum", var_dtype)
        grad = grad + self._get_hyper("weight_decay", var_dtype) * var
        m = self.get_slot(var, "m")
        m_t = state_ops.assign(m, momentum * m - lr * grad, use_locking=self._use_locking)
        update = var.assign_add(m_t, use_locking=self._use_locking)
        updates = [update, m_t]
        return control_flow_ops.group(*updates)

    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        return self._resource_scatter_add(var, indices, -self._decayed_lr(var.dtype) * grad)

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


class Plain(tf.keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, **kwargs):
        super().__init__("plain", **kwargs)
        self._set_hyper("learning_rate", learning_rate)

    def _resource_apply_dense(self, grad, var):
        return var.assign_sub(grad * self._get_hyper("learning_rate")).op

    def get_config(self):
        return {
            **super().get_config(),
            "learning_rate": self._serialize_hyperparameter("learning_rate"),
        }


class Decayed(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, **kwargs):
        super().__init__("decayed", **kwargs)
        self._set_hyper("learning_rate", learning_rate)

    def _create_slots(self, var_list):
        for var in var_list:
            self.add_slot(var, "m")

    def _resource_apply_dense(self, grad, var):
        m = self.get_slot(var, "m").assign(grad)
        update = var.assign_sub(m * self._decayed_lr(var.dtype))
        return tf.group(update, m)

    def get_config(self):
        config = super().get_config()
        config["decay"] = self._initial_decay
        return config


class Prepared(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, beta=0.9, name="Prepared", **kwargs):
        super().__init__(name, **kwargs)
        self._set_hyper("learning_rate", learning_rate)
        self._set_hyper("beta", beta)

    def _create_slots(self, var_list):
        for var in var_list:
            self.add_slot(var, "m", keras.initializers.Constant(0.1))

    def _prepare_local(self, var_device, var_dtype, apply_state):
        super(Prepared, self)._prepare_local(var_device, var_dtype, apply_state)
        apply_state[(var_device, var_dtype)]["beta"] = self._get_hyper("beta", var_dtype)

    def _resource_apply_dense(self, grad, var, apply_state=None):
        var_device, var_dtype = var.device, var.dtype.base_dtype
        coefficients = ((apply_state or {}).get((var_device, var_dtype))
                        or self._fallback_apply_state(var_device, var_dtype))
        m = self.get_slot(var, "m")
        m.assign(coefficients["beta"] * m + grad, use_locking=self._use_locking)
        return var.assign_sub(coefficients["lr_t"] * m)


class Bounded(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, base=None, weight_decay=0.0, name="Bounded", **kwargs):
        super().__init__(name, **kwargs)
        # From a configuration.
        if isinstance(learning_rate, dict):
            learning_rate = keras.optimizers.schedules.deserialize(learning_rate)
        if base is None:
            base = learning_rate
        self._set_hyper("learning_rate", kwargs.get("lr", learning_rate))
        self._set_hyper("base", base)
        self._set_hyper("decay", self._initial_decay)
        self._set_hyper("weight_decay", weight_decay)

    def _rate(self, dtype):
        rate = self._get_hyper("weight_decay", dtype)
        if isinstance(rate, keras.optimizers.schedules.LearningRateSchedule):
            rate = tf.cast(rate(self.iterations), dtype)
        return rate

    def _resource_apply_dense(self, grad, var, apply_state=None):
        rate = self._decayed_lr(var.dtype)
        grad = grad + self._rate(var.dtype) * var
        return var.assign_sub(rate * grad)

    def _resource_apply_sparse(self, grad, var, indices, apply_state=None):
        raise NotImplementedError

    def get_config(self):
        return {
            **super().get_config(),
            "learning_rate": self._serialize_hyperparameter("learning_rate"),
            "base": self._serialize_hyperparameter("base"),
            "decay": self._serialize_hyperparameter("decay"),
            "weight_decay": self._serialize_hyperparameter("weight_decay"),
        }
