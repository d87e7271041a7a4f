from typing import Optional, Tuple

from tensorflow import keras
from tensorflow.keras import layers


class Encoder(layers.Layer):
    def __init__(self):
        super().__init__()
        self.attention = layers.MultiHeadAttention(2, 2)
        self.dropout = layers.Dropout(0.1)
        self.norm = layers.BatchNormalization()

    def call(self, x, mask=None, training=None, scores=False, size: Tuple[int, int] = (1, 1)):
        y = self.attention(x, x, x, mask)
        y = self.dropout(y, training)
        return self.norm(y, False)


class Stack(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = Encoder()
        self.blocks = [Encoder() for _ in range(3)]
        self.residual = Residual()

    def call(
        self,
        x,
        mask=None,
        training=False,
        output_scores: Optional[bool] = None,
        size: Tuple[int, int] = (1, 1),
    ):
        x = self.first(x, mask, training)
        x = self.first(x, None, training=training)
        for block in self.blocks:
            x = block(
                x,
                mask,  # of the padding
                training,
                output_scores,
                size,
            )
        x = self.residual(x, x, "sum", 0.5)
        x = self.residual(x, x, not training)
        x = self.residual(x, [1, 2], scale=0.5)
        x = self.residual(x, x.shape)
        return self.residual(x, self.first)


class Residual(layers.Layer):
    def call(self, x, y, mode="mean", scale=1.0):
        return x


model = Stack()
inputs = keras.Input((3,))
output = model(inputs, None, True)
functional = keras.Model(inputs, layers.Dense(2)(inputs))
output = functional(inputs, True)
output = keras.Sequential([layers.Dense(2)])(inputs, True)
