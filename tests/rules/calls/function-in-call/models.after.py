import tensorflow as tf
from tensorflow import function, keras
from tensorflow.keras import layers


class Encoder(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)
        self.blocks = [layers.Dense(3) for _ in range(2)]

    def call(self, inputs):
        return self.encoded(self.dense(inputs))

    def encoded(self, inputs):
        return self.dense(inputs)


class Blocks(layers.Layer):
    def __init__(self):
        super().__init__()
        self.blocks = [layers.Dense(3) for _ in range(2)]

    def call(self, inputs, training=None):
        return self.run(inputs)

    @tf.autograph.to_graph
    def run(self, inputs):
        for block in self.blocks:
            inputs = block(inputs)
        return inputs
