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
            name=name, weight_decay=weight_decay, jit_compile=jit_compile, **kwargs
        )
        self._learning_rate = self._build_learning_rate(learning_rate)
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

    def update_step(self, gradient, variable):
        m = self.momentums[self._index_dict[self._var_key(variable)]]
        variable.assign_sub(self.learning_rate * m)

    def get_config(self):
        config = super().get_config()
        config.update(
            {
                "learning_rate": self._serialize_hyperparameter(self._learning_rate),
                "beta_1": self._serialize_hyperparameter(self.beta_1),
            }
        )
        return config


class Halved(keras.optimizers.SGD):
    def update_step(self, gradient, variable):
        super().update_step(gradient / 2, variable)


class Named(keras.optimizers.Adam):
    def update_step(self, grad, var):
        super().update_step(gradient=grad, variable=var)


class Lines(tf.keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.1, **kwargs):
        super().__init__(
            "lines",
            **kwargs,
        )
        self._learning_rate = self._build_learning_rate(learning_rate)
