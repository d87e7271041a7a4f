import tensorflow as tf


class Halved(tf.keras.layers.Layer):
    @tf.autograph.to_graph
    def call(self, inputs, training=None, steps=None):
        total = tf.reduce_sum(inputs)
        while total > 100.0:
            total = total / 2.0
        return inputs * total


class Rows(tf.keras.Model):
    @tf.autograph.to_graph
    def call(self, inputs, training=None):
        total = tf.zeros_like(inputs[0])
        for row in tf.abs(inputs):
            total += row
        for step in range(tf.cast(tf.reduce_max(inputs), tf.int32)):
            total += 1.0
        if training and tf.reduce_mean(inputs) > 0:
            total = total * 2
        if tf.reduce_sum(total) > 3:
            # The comment stays.
            total = total * 2
        elif tf.reduce_sum(total) > 2:
            total = total * 3
        if tf.reduce_all(inputs > 0):
            shift = 1.0
        else:
            shift, unused = 2.0, 3.0
        return total + shift
