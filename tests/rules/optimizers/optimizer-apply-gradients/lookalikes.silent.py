import keras


class Halved(keras.optimizers.SGD):
    def apply(self, grads, trainable_variables=None):
        return super().apply([one / 2 for one in grads], trainable_variables)


class Trainer:
    def apply_gradients(self, grads_and_vars):
        self.optimizer.apply_gradients(grads_and_vars)
