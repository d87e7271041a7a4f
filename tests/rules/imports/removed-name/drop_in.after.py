"""Metrics and constraints that Keras 3 lacks."""

import keras
from keras import constraints
from keras.metrics import Mean


@keras.utils.register_keras_serializable(__name__)
class RadialConstraint(keras.constraints.Constraint):
    """Makes the kernel of an image convolution the same at each distance from its middle."""

    def __call__(self, w):
        if len(w.shape) != 4 or w.shape[0] != w.shape[1]:
            raise ValueError(f"a square kernel of rank 4 is needed, not {tuple(w.shape)}")
        size = w.shape[0]
        start = size // 2
        odd = size % 2
        index = []
        for row in range(size):
            for column in range(size):
                ring = max(
                    abs(row - start) if row >= start else start - row - 1 + odd,
                    abs(column - start) if column >= start else start - column - 1 + odd,
                )
                # The values stand on the diagonal; even kernels leave one out.
                source = start - 1 + ring + (0 if odd or ring == 0 else 1)
                index.append(source * (size + 1))
        flat = keras.ops.reshape(w, (size * size, *w.shape[2:]))
        return keras.ops.reshape(keras.ops.take(flat, index, axis=0), w.shape)


@keras.utils.register_keras_serializable(__name__)
class MeanRelativeError(keras.metrics.Mean):
    """The mean of `|y_true - y_pred| / normalizer`, 0 where the normalizer is."""

    def __init__(self, normalizer, name=None, dtype=None):
        super().__init__(name=name or "mean_relative_error", dtype=dtype)
        self.normalizer = keras.ops.cast(normalizer, self.dtype)

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = keras.ops.cast(y_true, self.dtype)
        y_pred = keras.ops.cast(y_pred, self.dtype)
        error = keras.ops.divide_no_nan(keras.ops.abs(y_true - y_pred), self.normalizer)
        return super().update_state(error, sample_weight=sample_weight)

    def get_config(self):
        normalizer = keras.ops.convert_to_numpy(self.normalizer).tolist()
        return {"name": self.name, "dtype": self.dtype, "normalizer": normalizer}


NAMES = {"error": MeanRelativeError}


def metrics():
    return [Mean(), MeanRelativeError([1.0, 2.0])]


# The error of this package.
class Error(MeanRelativeError):
    pass


print(isinstance(metrics()[1], MeanRelativeError))


def constraint():
    return RadialConstraint()
