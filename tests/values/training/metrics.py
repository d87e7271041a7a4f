"""Metrics as classes: F1, mean IoU by hand, a running mean and deviation."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.metrics import Metric, Precision, Recall


class F1Score(Metric):
    def __init__(self, name="f1", **kwargs):
        super().__init__(name=name, **kwargs)
        self.precision = Precision()
        self.recall = Recall()

    def update_state(self, y_true, y_pred, sample_weight=None):
        self.precision.update_state(y_true, y_pred, sample_weight)
        self.recall.update_state(y_true, y_pred, sample_weight)

    def result(self):
        p = self.precision.result()
        r = self.recall.result()
        return 2 * ((p * r) / (p + r + tf.keras.backend.epsilon()))

    def reset_states(self):
        self.precision.reset_states()
        self.recall.reset_states()


class BinaryTruePositives(keras.metrics.Metric):
    """Counts them, with sample weights."""

    def __init__(self, name="binary_true_positives", **kwargs):
        super(BinaryTruePositives, self).__init__(name=name, **kwargs)
        self.true_positives = self.add_weight(name="tp", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = tf.cast(y_true, tf.bool)
        y_pred = tf.greater(y_pred, 0.5)

        values = tf.logical_and(tf.equal(y_true, True), tf.equal(y_pred, True))
        values = tf.cast(values, self.dtype)
        if sample_weight is not None:
            sample_weight = tf.cast(sample_weight, self.dtype)
            sample_weight = tf.broadcast_to(sample_weight, tf.shape(values))
            values = tf.multiply(values, sample_weight)
        self.true_positives.assign_add(tf.reduce_sum(values))

    def result(self):
        return self.true_positives


class RunningDeviation(Metric):
    """Standard deviation of the errors so far."""

    def __init__(self, name="deviation", **kwargs):
        super().__init__(name=name, **kwargs)
        self.count = self.add_weight("count", initializer="zeros")
        self.total = self.add_weight("total", initializer="zeros")
        self.squares = self.add_weight("squares", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        error = tf.cast(y_true, tf.float32) - y_pred
        self.count.assign_add(tf.cast(tf.size(error), tf.float32))
        self.total.assign_add(tf.reduce_sum(error))
        self.squares.assign_add(tf.reduce_sum(tf.square(error)))

    def result(self):
        mean = tf.math.divide_no_nan(self.total, self.count)
        return tf.sqrt(tf.math.divide_no_nan(self.squares, self.count) - mean ** 2)

    def reset_state(self):
        for v in self.variables:
            v.assign(tf.zeros_like(v))


class ConfusionIoU(Metric):
    def __init__(self, num_classes, name="iou", **kwargs):
        super().__init__(name=name, **kwargs)
        self.num_classes = num_classes
        self.matrix = self.add_weight(
            "matrix", shape=(num_classes, num_classes), initializer="zeros"
        )

    def update_state(self, y_true, y_pred, sample_weight=None):
        labels = tf.reshape(tf.cast(y_true, tf.int32), [-1])
        guesses = tf.reshape(tf.cast(y_pred > 0.5, tf.int32), [-1])
        current = tf.math.confusion_matrix(
            labels, guesses, num_classes=self.num_classes, dtype=tf.float32
        )
        self.matrix.assign_add(current)

    def result(self):
        inter = tf.linalg.diag_part(self.matrix)
        union = tf.reduce_sum(self.matrix, 0) + tf.reduce_sum(self.matrix, 1) - inter
        return tf.reduce_mean(inter / tf.maximum(union, 1.0))

    def reset_states(self):
        self.matrix.assign(tf.zeros((self.num_classes, self.num_classes)))


rng = np.random.RandomState(9)
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, activation="sigmoid")])
model.set_weights([rng.normal(size=(3, 1)), np.zeros(1)])
model.compile(
    "sgd",
    "binary_crossentropy",
    metrics=[F1Score(), BinaryTruePositives(), RunningDeviation(), ConfusionIoU(2)],
)
x = rng.normal(size=(12, 3)).astype("float32")
y = (x[:, :1] > 0).astype("float32")
history = model.fit(
    x, y, batch_size=6, epochs=2, shuffle=False, verbose=0, validation_data=(x, y)
).history
result = {key: value for key, value in history.items()}
alone = BinaryTruePositives()
alone.update_state([[1], [1], [0]], [[0.9], [0.2], [0.8]], sample_weight=[[2.0], [1.0], [1.0]])
result["weighted"] = float(alone.result().numpy())
