import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dropout = layers.Dropout(0.5)
        self.dense = layers.Dense(3)

    def call(self, inputs):
        return self.dense(self.dropout(inputs))


class Telling(layers.Layer):
    def call(self, inputs, training=None):
        return inputs * 2 if training else inputs


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.block = Block()
        self.dense = layers.Dense(1)

    def call(self, inputs):  # what comes in
        x = self.block(inputs)
        return self.dense(x)


class Many(tf.keras.models.Model):
    def __init__(self, count):
        super().__init__()
        self.convs = []
        for _ in range(count):
            self.convs.append(layers.Conv1D(2, 2))
        self.norms = [layers.BatchNormalization() for _ in range(count)]
        self.telling = {"a": Telling()}
        self.rnn = layers.LSTM(2, dropout=0.5)
        self.plain = layers.LSTM(2, dropout=0.0)

    def call(
        self,
        inputs,
        mask=None,
    ):
        x = inputs
        for conv, norm in zip(self.convs, self.norms):
            x = norm(conv(x))
        for norm in self.norms:
            x = norm(
                x,  # once more
            )
        x = self.norms[0](self.telling["a"](x))
        return self.rnn(x, mask=mask) + self.plain(x)


class Stack(keras.Model):
    def __init__(self):
        super().__init__()
        self.stack = keras.Sequential([layers.Dense(2), layers.Dropout(0.1)])

    def call(self, inputs, **kwargs):
        return self.stack(inputs, **kwargs)


class Told(keras.Model):
    def __init__(self):
        super().__init__()
        self.dropout = layers.Dropout(0.1)
        self.classifier = Classifier()

    def call(self, inputs, training=False):
        x = self.dropout(inputs)
        return self.classifier(x) + self.dropout(x, training=True)


class Taking(keras.Model):
    def __init__(self):
        super().__init__()
        self.dropout = layers.Dropout(0.1)

    def call(self, inputs, **kwargs):
        return self.dropout(inputs, training=kwargs.get("training"))


class Special(Classifier):
    def call(self, inputs):
        return super().call(inputs) * 2
