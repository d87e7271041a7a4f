import keras
import tensorflow as tf
from keras import layers


def flipped(x):
    if tf.reduce_sum(x) > 3:
        return x
    return -x


def scaled(x, factor=tf.constant(1.0)):
    if tf.reduce_any(x > 1):
        return x, factor
    else:
        return x * 2, factor * 2


class Gate(layers.Layer):
    def build(self, input_shape):
        self.threshold = self.add_weight(name="threshold", shape=())

    def call(self, inputs, training=None):
        mean = tf.reduce_mean(inputs)
        if mean > self.threshold:
            outputs = inputs * 2
        else:
            outputs = inputs * 3
        if mean > 0 and not mean > 1:
            outputs += mean + 1
        scale = 2.0 if tf.equal(mean, 1.0) else 3.0
        if mean < 0:
            outputs = outputs * scale
            mean = -mean
        low = 0 < mean and mean < 1 or tf.reduce_any(tf.math.is_nan(inputs))
        outputs = outputs * float(tf.reduce_max(inputs)) + int(mean) * tf.cast(low, "float32")
        for _ in tf.range(3):
            outputs = outputs + 1.0
        return self.finished(outputs)

    def finished(self, outputs):
        outputs, factor = scaled(outputs)

        def inner(x):
            return x if tf.reduce_mean(x) > 0 else -x

        return flipped(inner(outputs)) * factor


class Clipped(keras.losses.Loss):
    def call(self, y_true, y_pred):
        error = keras.ops.mean(keras.ops.square(y_true - y_pred), axis=-1)
        return keras.ops.sqrt(error) if keras.ops.max(error) > 1 else error


class Positive(keras.metrics.Metric):
    def update_state(self, y_true, y_pred, sample_weight=None):
        mean = keras.ops.mean(y_pred)
        total = mean if not mean < 0 else 0.0
        self.total.assign_add(total)


class Sometimes(keras.layers.Layer):
    def call(self, inputs):
        if keras.random.uniform(()) < self.chance:
            inputs = inputs * 2
        return inputs
