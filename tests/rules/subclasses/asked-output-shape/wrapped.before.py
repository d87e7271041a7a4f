import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.layers import TimeDistributed


class Block(layers.Layer):
    """A block."""

    def __init__(self, units):
        super().__init__()
        self.dense = layers.Dense(units)

    def call(self, inputs, training=None):
        x = self.dense(inputs)
        if training:
            x = tf.nn.dropout(x, 0.5)
        return tf.reduce_mean(x, axis=1)  # over time


class Scale(layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(name="scale", shape=(input_shape[-1],))

    def call(self, inputs):
        return inputs * self.scale

    def get_config(self):
        return {}


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.flatten = layers.Flatten()
        self.dense = layers.Dense(2)

    def call(self, inputs):
        return tf.stack([self.dense(self.flatten(inputs))])


inputs = keras.Input((5, 4, 3))
wrapped = layers.TimeDistributed(Block(2))(inputs)
scaled = TimeDistributed(layer=Scale())(wrapped)
scale = Scale()
print(scale.compute_output_shape((None, 3)))
classifier = Classifier()
outputs = layers.TimeDistributed(classifier)(inputs)
