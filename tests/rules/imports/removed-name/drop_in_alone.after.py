import keras


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


def metric(normalizer):
    return MeanRelativeError(normalizer)
