import keras
from keras import ops


class Centralized(keras.optimizers.RMSprop):
    def apply(self, grads, trainable_variables=None):
        """Without their means."""
        grads_and_vars = list(zip(grads, trainable_variables or self._trainable_variables))
        centered = []
        for grad, variable in grads_and_vars:
            # one mean for each
            centered.append((grad - ops.mean(grad), variable))
        return super().apply(*zip(*centered))


class Clipped(keras.optimizers.Adam):
    def apply(self, grads, trainable_variables=None):
        pairs = list(zip(grads, trainable_variables or self._trainable_variables))
        grads, variables = zip(*pairs)
        grads = [ops.clip(one, -1, 1) for one in grads]
        super(Clipped, self).apply(grads, variables)


class Named(keras.optimizers.SGD):
    def apply_gradients(self, grads_and_vars, name=None):
        if name is None:
            name = "step"
        return super().apply_gradients(grads_and_vars, name=name)


class Lookahead(keras.optimizers.Optimizer):
    def __init__(self, inner):
        super().__init__(learning_rate=0.1)
        self.inner = inner

    def apply_gradients(self, grads_and_vars):
        return self.inner.apply_gradients(grads_and_vars)
