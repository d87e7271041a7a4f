import tensorflow as tf
from tensorflow import keras


class Code(keras.layers.Layer):
    """Keeps its activity low."""

    def call(self, inputs):
        self.add_metric(tf.reduce_mean(inputs), name="activity")
        return inputs


class Dropped(keras.layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate  # of all

    def call(self, inputs):
        mean = tf.reduce_mean(inputs)
        self.add_metric(mean, aggregation="mean", name="mean")
        self.add_metric(
            inputs, name="largest"
        )
        return inputs


class Flips(keras.Model):
    def __init__(self):
        super().__init__()
        self.flips = keras.metrics.Sum()

    def call(self, inputs):
        self.add_metric(self.flips(inputs))
        self.add_metric(inputs, "sum", "total")
        self.add_metric(inputs)
        self.add_metric(  # with a reason
            inputs, name="reasoned"
        )
        return inputs
