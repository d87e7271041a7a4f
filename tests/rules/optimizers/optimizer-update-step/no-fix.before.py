from tensorflow import keras


class Later(keras.optimizers.Optimizer):
    def __init__(self, scale, **kwargs):
        super().__init__("later", **kwargs)
        self.scale = scale
        learning_rate = 0.1 * self.scale
        self._learning_rate = self._build_learning_rate(learning_rate)

    def update_step(self, gradient, variable):
        learning_rate = self.learning_rate * 2
        variable.assign_sub(gradient * learning_rate)

    def get_config(self):
        return {"learning_rate": self._serialize_hyperparameter(self._learning_rate)}


class Derived(keras.optimizers.SGD):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self._learning_rate = self._build_learning_rate(rate)
