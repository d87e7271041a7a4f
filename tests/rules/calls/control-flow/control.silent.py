import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import layers

from library import Something, make


class Own:
    def call(self, inputs):
        return inputs if tf.reduce_mean(inputs) > 0 else -inputs


class Gate(layers.Layer):
    def __init__(self, flag=True, count=3):
        super().__init__()
        self.flag = flag
        self.count = count
        self.inner = Inner()
        self.blocks = [layers.Dense(3) for _ in range(count)]
        self.made = make()
        self.bias = None

    def build(self, input_shape):
        if self.flag:
            self.bias = self.add_weight(name="bias", shape=(3,))

    def call(self, inputs, mask=None, training: tf.Tensor = False, extra=None):
        outputs = inputs
        if training:
            outputs = outputs * 2
        if mask is not None and not training:
            outputs = outputs * mask
        if self.bias is not None:
            outputs = outputs + self.bias
        if inputs.shape[-1] == 3 or len(inputs.shape) > 2 or K.int_shape(inputs)[0] == 2:
            outputs = outputs * 3
        shape = tf.shape(inputs)
        batch, width = shape[0], shape[1]
        if width > 3 and tf.rank(inputs) == 2:
            outputs = outputs * 4
        for step in range(width):
            outputs = outputs + step
        for step in range(self.count):
            outputs = outputs + step
        for block in self.blocks:
            outputs = block(outputs)
        for part in tf.unstack(inputs, axis=1):
            outputs = outputs + part
        for part in self.inner(inputs):
            outputs = outputs + part
        for part in self.made(inputs)[1:]:
            outputs = outputs + part
        if extra or self.flag and not self.count:
            outputs = outputs - 1
        if tf.is_tensor(inputs) and inputs.dtype == tf.float32 and K.floatx() == "float32":
            outputs = outputs - 1
        if tf.executing_eagerly():
            outputs = outputs - 1
        outputs = tf.where(outputs > 0, outputs, -outputs)
        outputs = tf.cond(tf.reduce_mean(outputs) > 0, lambda: outputs, lambda: -outputs)
        halves = int(inputs.shape[-1] / 2) + int(width / 2) + int(np.mean([1, 2]))
        try:
            value = self.lookup(inputs)
        except ValueError:
            value = None
        if value:
            outputs = outputs - 1
        if tf.reduce_any(tf.math.is_nan(outputs)):
            raise ValueError("no number")
        return outputs * halves

    def lookup(self, inputs):
        return Something(inputs)

    def unused(self, inputs):
        return inputs if tf.reduce_mean(inputs) > 0 else -inputs

    @tf.function
    def compiled(self, inputs):
        return inputs if tf.reduce_mean(inputs) > 0 else -inputs

    @tf.autograph.to_graph
    def converted(self, inputs):
        return inputs if tf.reduce_mean(inputs) > 0 else -inputs


class Inner(layers.Layer):
    @tf.function(reduce_retracing=True)
    def call(self, inputs):
        if tf.reduce_mean(inputs) > 0:
            return inputs, inputs
        return -inputs, inputs


class Outer(tf.keras.Model):
    def call(self, inputs, training=None):
        dataset = tf.data.Dataset.range(3).map(decoded)
        return Gate().compiled(Gate().converted(inputs)), dataset

    def train_step(self, data):
        loss = tf.reduce_mean(data)
        return {"loss": loss if loss > 0 else -loss}


class Mean(tf.keras.metrics.Metric):
    def result(self):
        total = tf.reduce_sum(self.total)
        return total if total > 0 else 0.0


def decoded(x):
    return x if tf.reduce_mean(x) > 0 else -x


def evaluated(model, inputs):
    outputs = model(inputs)
    error = tf.reduce_mean(outputs)
    while error > 3:
        error = error / 2
    if error > 2:
        print(float(error))
    return bool(error > 1 and error < 2)


class Value(layers.Layer):
    def call(self, inputs, start=None):
        begins = start is not None and tf.reduce_all(tf.equal(inputs, 0.0))
        return inputs, begins
