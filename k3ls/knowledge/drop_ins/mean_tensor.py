"""The mean of each element."""

import keras


@keras.utils.register_keras_serializable(__name__)
class MeanTensor(keras.metrics.Metric):
    """The weighted mean of each element of the tensors that it is given."""

    def __init__(self, name="mean_tensor", dtype=None, shape=None):
        super().__init__(name=name, dtype=dtype)
        self.total = self.count = None
        if shape is not None:
            self._build(shape)

    def _build(self, shape):
        self.total = self.add_variable(tuple(shape), "zeros", dtype=self.dtype, name="total")
        self.count = self.add_variable(tuple(shape), "zeros", dtype=self.dtype, name="count")

    def update_state(self, values, sample_weight=None):
        values = keras.ops.cast(values, self.dtype)
        if self.total is None:
            self._build(values.shape)
        if tuple(values.shape) != tuple(self.total.shape):
            raise ValueError(f"values are {self.total.shape}, not {tuple(values.shape)}")
        count = keras.ops.ones_like(values)
        if sample_weight is not None:
            weight = keras.ops.cast(sample_weight, self.dtype)
            more = len(values.shape) - len(weight.shape)
            weight = keras.ops.reshape(weight, (*weight.shape, *[1] * more))
            count = count * weight
            values = values * weight
        self.total.assign_add(values)
        self.count.assign_add(count)

    def result(self):
        if self.total is None:
            raise ValueError("there is no result before the first update_state")
        return keras.ops.divide_no_nan(self.total, self.count)
