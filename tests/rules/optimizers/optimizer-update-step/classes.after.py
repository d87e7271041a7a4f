import tensorflow as tf
from tensorflow import keras


class Lion(keras.optimizers.Optimizer):
    def __init__(
        self,
        learning_rate=0.1,
        beta_1=0.9,
        weight_decay=None,
        jit_compile=True,
        name="Lion",
        **kwargs,
    ):
        super().__init__(
            learning_rate=learning_rate,
            name=name, weight_decay=weight_decay, **kwargs
        )
        self.beta_1 = beta_1

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

    def update_step(self, gradient, variable, learning_rate):
        m = self.momentums[self._index_dict[self._var_key(variable)]]
        variable.assign_sub(self.learning_rate * m)

    def get_config(self):
        config = super().get_config()
        config.update(
            {
                "beta_1": self.beta_1,
            }
        )
        return config


class Halved(keras.optimizers.SGD):
    def update_step(self, gradient, variable, learning_rate):
        super().update_step(gradient / 2, variable, learning_rate)


class Named(keras.optimizers.Adam):
    def update_step(self, grad, var, learning_rate):
        super().update_step(gradient=grad, variable=var, learning_rate=learning_rate)


class Lines(tf.keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.1, **kwargs):
        super().__init__(
            learning_rate=learning_rate,
            name="lines",
            **kwargs,
        )
