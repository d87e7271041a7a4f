import tensorflow as tf
from tensorflow import keras


class WithWeights(keras.layers.Embedding):
    def compute_output_shape(self, input_shape):
        return [super().compute_output_shape(input_shape), (self.input_dim, self.output_dim)]

    def call(self, inputs):
        return [super().call(inputs), self.embeddings + 0.0]


class Pair(keras.layers.Flatten):
    def call(self, inputs):
        flat = super().call(inputs)
        both = flat, tf.shape(inputs)
        return both
