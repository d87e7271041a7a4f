import tensorflow as tf
from tensorflow.keras import layers

from library import twice


class Attention(layers.Layer):
    def call(self, x, context, scale: float, with_scores, training=False):
        scores = tf.matmul(x, context, transpose_b=True) * scale
        output = tf.matmul(scores, context)
        return (output, scores) if with_scores else output


class Part(layers.Layer):
    def call(self, x, height: int, width: int):
        return tf.reshape(x, (-1, height, width))


class Block(layers.Layer):
    def __init__(self, attention, depth):
        super().__init__()
        self.inner = Attention()
        self.other = attention
        self.parts = [Part() for _ in range(depth)]

    def call(self, x, scale, with_scores, sizes):
        output = self.inner(x, x, scale, with_scores)  # K214
        height, width = sizes
        for part in self.parts:
            x = part(x, height, width)  # K214
        return output


class Handed(layers.Layer):
    def call(self, x, doubled):
        return twice(x, doubled)


class Outer(layers.Layer):
    def __init__(self):
        super().__init__()
        self.block = Handed()

    def call(self, x, again, never):
        if again and not never:
            x = self.block(x, never)  # K214
        return x
