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
        y = self.attention(x, x, x, attention_mask=mask)
        y = self.dropout(y, training=training)
        return self.norm(y, training=False)


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
        x = self.first(x, mask=mask, training=training)
        x = self.first(x, mask=None, training=training)
        for block in self.blocks:
            x = block(
                x,
                mask=mask,  # of the padding
                training=training,
                scores=output_scores,
                size=size,
            )
        x = self.residual(x, x, mode="sum", scale=0.5)
        x = self.residual(x, x, mode=not training)
        x = self.residual(x, y=[1, 2], scale=0.5)
        x = self.residual(x, y=x.shape)
        return self.residual(x, y=self.first)


class Residual(layers.Layer):
    def call(self, x, y, mode="mean", scale=1.0):
        return x


model = Stack()
inputs = keras.Input((3,))
output = model(inputs, mask=None, training=True)
functional = keras.Model(inputs, layers.Dense(2)(inputs))
output = functional(inputs, training=True)
output = keras.Sequential([layers.Dense(2)])(inputs, training=True)
