import keras


class Mixed(keras.Model):
    def apply(self, gradients, variables):
        gradients = self.optimizer.get_unscaled_gradients(gradients)
        self.optimizer.apply_gradients(zip(gradients, variables))

    def apply_clipped(self, scaled, variables):
        gradients = self.optimizer.get_unscaled_gradients(scaled)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return self.optimizer.get_unscaled_gradients(*scaled)


def applied(gradients, variables):
    optimizer = keras.mixed_precision.LossScaleOptimizer(keras.optimizers.SGD())
    if gradients:
        gradients = optimizer.get_unscaled_gradients(gradients)
    optimizer.apply_gradients(zip(optimizer.get_unscaled_gradients([gradients]), variables))
