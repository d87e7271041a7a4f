from tensorflow import keras
from tensorflow.keras import layers


class Plain(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(1)
        self.rnn = layers.GRU(3)
        self.stack = keras.Sequential([layers.Dense(2), layers.ReLU()])

    def call(self, inputs):
        return self.dense(self.stack(self.rnn(inputs)))


class Told(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(1)
        self.dropout = layers.Dropout(0.1)
        self.norm = layers.BatchNormalization()

    def call(self, inputs, training=None):
        x = self.dropout(inputs, training=training)
        x = self.norm(x, training=training and self.norm.trainable)
        return self.dense(x)


class Layer(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dropout = layers.Dropout(0.1)

    def call(self, inputs):
        return self.dropout(inputs)


class Other:
    def __init__(self):
        self.dropout = layers.Dropout(0.1)

    def call(self, inputs):
        return self.dropout(inputs)
