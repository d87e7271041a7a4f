import keras
import tensorflow as tf
from keras import layers


def flipped(x):
    return keras.ops.cond(tf.reduce_sum(x) > 3, lambda: x, lambda: -x)


def scaled(x, factor=tf.constant(1.0)):
    return keras.ops.cond(tf.reduce_any(x > 1), lambda: (x, factor), lambda: (x * 2, factor * 2))


class Gate(layers.Layer):
    def build(self, input_shape):
        self.threshold = self.add_weight(name="threshold", shape=())

    def call(self, inputs, training=None):
        mean = tf.reduce_mean(inputs)
        outputs = keras.ops.cond(mean > self.threshold, lambda: inputs * 2, lambda: inputs * 3)
        outputs = keras.ops.cond(keras.ops.logical_and(mean > 0, keras.ops.logical_not(mean > 1)), lambda: outputs + (mean + 1), lambda: outputs)
        scale = keras.ops.cond(tf.equal(mean, 1.0), lambda: 2.0, lambda: 3.0)
        outputs, mean = keras.ops.cond(mean < 0, lambda: (outputs * scale, -mean), lambda: (outputs, mean))
        low = keras.ops.logical_or(keras.ops.logical_and(0 < mean, mean < 1), tf.reduce_any(tf.math.is_nan(inputs)))
        outputs = outputs * keras.ops.cast(tf.reduce_max(inputs), "float32") + keras.ops.cast(mean, "int32") * tf.cast(low, "float32")
        for _ in range(3):
            outputs = outputs + 1.0
        return self.finished(outputs)

    def finished(self, outputs):
        outputs, factor = scaled(outputs)

        def inner(x):
            return keras.ops.cond(tf.reduce_mean(x) > 0, lambda: x, lambda: -x)

        return flipped(inner(outputs)) * factor


class Clipped(keras.losses.Loss):
    def call(self, y_true, y_pred):
        error = keras.ops.mean(keras.ops.square(y_true - y_pred), axis=-1)
        return keras.ops.cond(keras.ops.max(error) > 1, lambda: keras.ops.sqrt(error), lambda: error)


class Positive(keras.metrics.Metric):
    def update_state(self, y_true, y_pred, sample_weight=None):
        mean = keras.ops.mean(y_pred)
        total = keras.ops.cond(keras.ops.logical_not(mean < 0), lambda: mean, lambda: 0.0)
        self.total.assign_add(total)


class Sometimes(keras.layers.Layer):
    def call(self, inputs):
        inputs = keras.ops.cond(keras.random.uniform(()) < self.chance, lambda: inputs * 2, lambda: inputs)
        return inputs
