import keras


class Mixed(keras.Model):
    def apply(self, gradients, variables):
        self.optimizer.apply_gradients(zip(gradients, variables))

    def apply_clipped(self, scaled, variables):
        gradients = scaled
        self.optimizer.apply_gradients(zip(gradients, variables))
        return self.optimizer.get_unscaled_gradients(*scaled)


def applied(gradients, variables):
    optimizer = keras.mixed_precision.LossScaleOptimizer(keras.optimizers.SGD())
    if gradients:
        pass
    optimizer.apply_gradients(zip([gradients], variables))
