import tensorflow as tf
from tensorflow import keras


class WithWeights(keras.layers.Embedding):
    def compute_output_shape(self, input_shape):
        return [super().compute_output_shape(input_shape), (self.input_dim, self.output_dim)]

    def call(self, inputs):
        return [super().call(inputs), self.embeddings + 0.0]

    def compute_output_spec(self, *args, **kwargs):
        return keras.Operation.compute_output_spec(self, *args, **kwargs)


class Pair(keras.layers.Flatten):
    def call(self, inputs):
        flat = super().call(inputs)
        both = flat, tf.shape(inputs)
        return both

    def compute_output_spec(self, *args, **kwargs):
        return keras.Operation.compute_output_spec(self, *args, **kwargs)
