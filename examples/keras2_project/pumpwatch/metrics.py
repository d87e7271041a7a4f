"""Metrics of the fault and severity outputs."""

import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.metrics import Metric
from tensorflow.keras.utils import register_keras_serializable


@register_keras_serializable(package="pumpwatch")
def severity_error(y_true, y_pred):
    """Mean absolute error of the pumps that have a fault."""
    error = tf.boolean_mask(tf.abs(y_true - y_pred), y_true > 0)
    return tf.math.divide_no_nan(tf.reduce_sum(error), tf.cast(tf.size(error), K.floatx()))


def clearest_window(probabilities):
    """For each fault, the index of the window that shows it most clearly."""
    return tf.argmax(probabilities)


@register_keras_serializable(package="pumpwatch")
class TrueClassConfidence(Metric):
    """Mean probability given to the right fault."""

    def __init__(self, name="confidence", **kwargs):
        super().__init__(name=name, **kwargs)
        self.total = self.add_weight("total", initializer="zeros")
        self.count = self.add_weight("count", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        labels = K.cast(K.flatten(y_true), "int32")
        index = tf.stack([tf.range(tf.shape(labels)[0]), labels], axis=1)
        right = tf.gather_nd(tf.nn.softmax(y_pred), index)
        self.total.assign_add(tf.reduce_sum(right))
        self.count.assign_add(tf.cast(tf.size(right), self.dtype))

    def result(self):
        return tf.math.divide_no_nan(self.total, self.count)


@register_keras_serializable(package="pumpwatch")
class FaultRecall(Metric):
    """Mean recall of the fault classes; class 0 (healthy) is left out."""

    def __init__(self, classes, name="fault_recall", **kwargs):
        super().__init__(name=name, **kwargs)
        self.classes = classes
        self.matrix = self.add_weight("matrix", shape=(classes, classes), initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        truth = tf.one_hot(tf.cast(tf.reshape(y_true, [-1]), tf.int32), self.classes)
        guess = tf.one_hot(tf.argmax(y_pred, axis=-1), self.classes)
        self.matrix.assign_add(tf.matmul(truth, guess, transpose_a=True))

    def result(self):
        seen = tf.reduce_sum(self.matrix, axis=1)
        recall = tf.math.divide_no_nan(tf.linalg.diag_part(self.matrix), seen)
        weight = tf.cast(seen > 0, recall.dtype)
        weight = tf.tensor_scatter_nd_update(weight, [[0]], [0.0])
        return tf.math.divide_no_nan(tf.reduce_sum(recall * weight), tf.reduce_sum(weight))

    def reset_state(self):
        K.set_value(self.matrix, tf.zeros_like(self.matrix))

    def get_config(self):
        return {**super().get_config(), "classes": self.classes}
