import tensorflow as tf
from tensorflow import keras


class Total(keras.metrics.Metric):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = self.add_weight(name="total", initializer="zeros")
        self.count = self.add_weight(name="count", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        self.total.assign_add(tf.reduce_sum(y_pred))

    def result(self):
        return keras.ops.convert_to_tensor(self.total)


class Both(Total):
    def result(self):
        return {"total": keras.ops.convert_to_tensor(self.total), "mean": self.total / self.count, "count": (keras.ops.convert_to_tensor(self.count))}


class Weights(keras.layers.Layer):
    def build(self, input_shape):
        self.w = self.add_weight(shape=(3,))
        self.v = tf.Variable(1.0)

    def call(self, inputs):
        if self.v > 0:
            return inputs, keras.ops.convert_to_tensor(self.w)
        return [inputs, keras.ops.convert_to_tensor(self.v)]
