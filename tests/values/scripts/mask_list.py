"""Layers of two inputs that ask whether there is a mask."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Embedding, Input, Layer
from tensorflow.keras.models import Model


class Weighted(Layer):
    def call(self, inputs, mask=None):
        values, weights = inputs
        if mask is not None:
            weights = weights * K.expand_dims(K.cast(mask[0], "float32"), -1)
        return K.sum(values * weights, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None


ids = np.array([[1, 2, 0], [3, 0, 0]])
weights = np.linspace(0.5, 3.0, 6).reshape(2, 3, 1).astype("float32")
words, factors = Input((3,), dtype="int32"), Input((3, 1))
result = {}
for masked in (True, False):
    table = np.linspace(-1.0, 1.0, 8).reshape(4, 2)
    embedded = Embedding(4, 2, mask_zero=masked, embeddings_initializer=tf.keras.initializers.Constant(0.5))
    model = Model([words, factors], Weighted()([embedded(words), factors]))
    embedded.set_weights([table])
    result[f"masked {masked}"] = model.predict([ids, weights], verbose=0)
