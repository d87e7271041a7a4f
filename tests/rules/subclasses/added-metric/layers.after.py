import tensorflow as tf
from tensorflow import keras


class Code(keras.layers.Layer):
    """Keeps its activity low."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.activity_metric = keras.metrics.Mean(name="activity")

    def call(self, inputs):
        self.activity_metric.update_state(tf.reduce_mean(inputs))
        return inputs


class Dropped(keras.layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate  # of all
        self.mean_metric = keras.metrics.Mean(name="mean")
        self.largest_metric = keras.metrics.Mean(name="largest")

    def call(self, inputs):
        mean = tf.reduce_mean(inputs)
        self.mean_metric.update_state(mean)
        self.largest_metric.update_state(inputs)
        return inputs


class Flips(keras.Model):
    def __init__(self):
        super().__init__()
        self.flips = keras.metrics.Sum()

    def call(self, inputs):
        self.flips(inputs)
        self.add_metric(inputs, "sum", "total")
        self.add_metric(inputs)
        self.add_metric(  # with a reason
            inputs, name="reasoned"
        )
        return inputs
