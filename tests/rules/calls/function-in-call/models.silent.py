import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class Weighted(layers.Layer):
    def build(self, input_shape):
        self.kernel = self.add_weight(name="kernel", shape=(3,))

    @tf.function
    def call(self, inputs):
        return self.scaled(inputs) * self.kernel

    @tf.function
    def scaled(self, inputs):
        return tf.nn.relu(inputs)


class Built(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)

    def build(self, input_shape):
        self.dense.build(input_shape)
        self.built = True

    @tf.function
    def call(self, inputs):
        return self.dense(inputs)


class Trained(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(3)

    def call(self, inputs):
        return self.dense(inputs)

    @tf.function
    def train_step(self, data):
        return {"loss": tf.reduce_mean(self(data))}

    @tf.function
    def served(self, inputs):
        return self.dense(inputs)


class Own:
    def __init__(self):
        self.dense = layers.Dense(3)

    @tf.function
    def call(self, inputs):
        return self.dense(inputs)


@tf.function
def step(model, inputs):
    return model(inputs)
