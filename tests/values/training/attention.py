"""Additive attention over a sequence, as a layer with weights of its own."""

import numpy as np
from tensorflow.keras import backend as K
from tensorflow.keras import constraints, initializers, regularizers
from tensorflow.keras.layers import Dense, GRU, Input, Layer
from tensorflow.keras.models import Model


def dot_product(x, kernel):
    """Dot product with a vector, whatever the backend."""
    return K.squeeze(K.dot(x, K.expand_dims(kernel)), axis=-1)


class AttentionWithContext(Layer):
    """
    Attention with a context vector, with support for masks.

    # Input shape
        3D tensor with shape: `(samples, steps, features)`.
    # Output shape
        2D tensor with shape: `(samples, features)`.
    """

    def __init__(
        self,
        W_regularizer=None,
        u_regularizer=None,
        b_regularizer=None,
        W_constraint=None,
        u_constraint=None,
        bias=True,
        **kwargs
    ):
        self.supports_masking = True
        self.init = initializers.get("glorot_uniform")

        self.W_regularizer = regularizers.get(W_regularizer)
        self.u_regularizer = regularizers.get(u_regularizer)
        self.b_regularizer = regularizers.get(b_regularizer)
        self.W_constraint = constraints.get(W_constraint)
        self.u_constraint = constraints.get(u_constraint)

        self.bias = bias
        super(AttentionWithContext, self).__init__(**kwargs)

    def build(self, input_shape):
        assert len(input_shape) == 3

        self.W = self.add_weight(
            shape=(input_shape[-1], input_shape[-1]),
            initializer=self.init,
            name="{}_W".format(self.name),
            regularizer=self.W_regularizer,
            constraint=self.W_constraint,
        )
        if self.bias:
            self.b = self.add_weight(
                shape=(input_shape[-1],),
                initializer="zero",
                name="{}_b".format(self.name),
                regularizer=self.b_regularizer,
            )
        # the context vector
        self.u = self.add_weight(
            shape=(input_shape[-1],),
            initializer=self.init,
            name="{}_u".format(self.name),
            regularizer=self.u_regularizer,
            constraint=self.u_constraint,
        )
        super(AttentionWithContext, self).build(input_shape)

    def compute_mask(self, input, input_mask=None):
        # do not pass the mask to the next layers
        return None

    def call(self, x, mask=None):
        uit = K.dot(x, self.W)
        if self.bias:
            uit += self.b
        uit = K.tanh(uit)
        ait = dot_product(uit, self.u)
        a = K.exp(ait)

        # apply mask after the exp. will be re-normalized next
        if mask is not None:
            # cast the mask to floatX to avoid float64 upcasting
            a *= K.cast(mask, K.floatx())

        # in some cases especially in the early stages of training the sum may be almost zero
        a /= K.cast(K.sum(a, axis=1, keepdims=True) + K.epsilon(), K.floatx())
        a = K.expand_dims(a)
        weighted_input = x * a
        return K.sum(weighted_input, axis=1)

    def compute_output_shape(self, input_shape):
        return input_shape[0], input_shape[-1]


inputs = Input((5, 3))
hidden = GRU(4, return_sequences=True)(inputs)
pooled = AttentionWithContext(W_regularizer="l2")(hidden)
outputs = Dense(1, activation="sigmoid")(pooled)
model = Model(inputs=inputs, outputs=outputs)
rng = np.random.RandomState(4)
model.set_weights([rng.normal(0, 0.4, w.shape) for w in model.get_weights()])
model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])

x = rng.normal(size=(8, 5, 3)).astype("float32")
y = (x.sum((1, 2)) > 0).astype("float32")[:, None]
history = model.fit(x, y, batch_size=4, epochs=1, shuffle=False, verbose=0)
result = {"loss": history.history["loss"], "weights": model.get_weights()}
