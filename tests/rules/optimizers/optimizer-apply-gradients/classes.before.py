import keras
from keras import ops


class Centralized(keras.optimizers.RMSprop):
    def apply_gradients(self, grads_and_vars, **kwargs):
        """Without their means."""
        centered = []
        for grad, variable in grads_and_vars:
            # one mean for each
            centered.append((grad - ops.mean(grad), variable))
        return super().apply_gradients(centered, **kwargs)


class Clipped(keras.optimizers.Adam):
    def apply_gradients(self, pairs, name=None, skip_gradients_aggregation=False):
        grads, variables = zip(*pairs)
        grads = [ops.clip(one, -1, 1) for one in grads]
        super(Clipped, self).apply_gradients(
            zip(grads, variables), name=name, skip_gradients_aggregation=skip_gradients_aggregation
        )


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
