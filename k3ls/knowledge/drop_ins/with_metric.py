"""A layer that adds a metric to a functional model."""

import keras


@keras.utils.register_keras_serializable(__name__)
class WithMetric(keras.layers.Layer):
    """Passes the outputs of a model on, and adds the mean of a tensor to its metrics.

    Args:
        label: the name of the metric.
        **kwargs: see `Layer`.
    """

    def __init__(self, label, **kwargs):
        super().__init__(**kwargs)
        self.label = label
        self.mean = keras.metrics.Mean(name=label)

    def call(self, outputs, values):
        self.mean.update_state(values)
        return outputs

    def get_config(self):
        return {**super().get_config(), "label": self.label}
