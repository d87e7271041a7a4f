from typing import Optional

import keras
import tensorflow as tf


class Block(tf.keras.layers.Layer):
    def call(self, inputs, training):
        return self.dropout(inputs, training=training)


class Typed(keras.Model):
    def call(self, x: tf.Tensor, training: bool) -> tf.Tensor:  # as in the paper
        return self.block(x, training=training)


class Masked(keras.layers.Layer):
    def call(
        self,
        x,  # the sequence
        training,
        mask,
        rate=0.1,
    ):
        return x


class Keyword(keras.layers.Layer):
    def call(self, x, *others, training, mask: Optional[tf.Tensor], scale, **kwargs):
        return x


class Derived(Block):
    def call(self, inputs, training):
        return super().call(inputs, training) + 1


class Decoder(keras.layers.Layer):
    def call(self, x, enc_output, training, look_ahead_mask, padding_mask):
        return x
