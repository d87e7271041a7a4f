import keras


class NoRate(keras.optimizers.Optimizer):
    def __init__(self, threshold=1e-8, name="NoRate", **kwargs):
        super().__init__(name=name, **kwargs)
        self._set_hyper("threshold", threshold)

    def _resource_apply_dense(self, grad, var):
        return var.assign(grad)


class Derived(keras.optimizers.Adam):
    def _resource_apply_dense(self, grad, var, apply_state=None):
        return super()._resource_apply_dense(grad * 2, var, apply_state)


class Handles(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.1, name="Handles", **kwargs):
        super().__init__(name, **kwargs)
        self._set_hyper("learning_rate", learning_rate)

    def _resource_apply_dense(self, grad, var):
        return apply(var.handle, self._decayed_lr(var.dtype), grad)


class Chosen(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.1, name="Chosen", **kwargs):
        super().__init__(name, **kwargs)
        self._set_hyper("learning_rate", learning_rate)

    def _create_slots(self, var_list):
        for var in var_list:
            if var.trainable:
                self.add_slot(var, "m")

    def _resource_apply_dense(self, grad, var):
        return var.assign_sub(self.get_slot(var, "m"))


class First(keras.optimizers.Optimizer):
    def get_updates(self, loss, params):
        return [loss, params]


class Placed(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, **kwargs):
        super().__init__("placed", **kwargs)
        self._set_hyper("learning_rate", learning_rate)

    def _prepare_local(self, var_device, var_dtype, apply_state):
        super()._prepare_local(var_device, var_dtype, apply_state)
        print(var_device)

    def _resource_apply_dense(self, grad, var, apply_state=None):
        return var.assign_sub(apply_state[(var.device, var.dtype)]["lr_t"] * grad)


class Early(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, name="Early", **kwargs):
        super().__init__(name, **kwargs)
        learning_rate = learning_rate * self.factor
        self._set_hyper("learning_rate", learning_rate)

    def _resource_apply_dense(self, grad, var, apply_state=None):
        return var.assign_sub(self._decayed_lr(var.dtype) * grad)
