"""Subclasses of Keras's own layers, saved and loaded."""

import os
import tempfile

import numpy as np
import tensorflow as tf

x = np.ones((2, 3), "float32")


@tf.keras.utils.register_keras_serializable("scripts")
class Scaled(tf.keras.layers.Dense):
    def build(self, input_shape):
        super().build(input_shape)
        self.scale = self.add_weight("scale", (), initializer="ones")

    def call(self, inputs):
        return super().call(inputs) * self.scale.read_value()


inputs = tf.keras.Input((3,))
model = tf.keras.Model(inputs, Scaled(2, kernel_initializer="ones")(inputs))
model.layers[1].scale.assign(3.0)
folder = os.path.join(tempfile.mkdtemp(), "model")
model.save(folder)
again = tf.keras.models.load_model(folder)
result = {"before": model(x), "after": again(x)}


class WithWeights(tf.keras.layers.Embedding):
    def call(self, inputs):
        return [super().call(inputs), self.embeddings + 0.0]


words = tf.keras.Input((3,), dtype="int32")
embedded, weights = WithWeights(4, 2, embeddings_initializer="ones")(words)
both = tf.keras.Model(words, [embedded, weights])
result["embedded"], result["weights of it"] = both(np.array([[0, 1, 2]], "int32"))


class Late(tf.keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = None

    def call(self, inputs):
        if self.dense is None:
            self.dense = tf.keras.layers.Dense(inputs.shape[-1], kernel_initializer="ones")
            self.scale = self.add_weight(name="scale", shape=(inputs.shape[-1],), initializer="ones")
        return self.dense(inputs) * self.scale


late = tf.keras.Sequential([tf.keras.layers.Dense(3, kernel_initializer="ones"), Late()])
result["late"] = late.predict(np.ones((2, 3), "float32"), verbose=0)
result["late weights"] = len(late.get_weights())
