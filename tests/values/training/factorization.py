"""DeepFM: factorization machine and a deep part over embeddings of fields; features in a dict."""

import itertools

import numpy as np
import tensorflow as tf
from tensorflow.keras.initializers import Zeros
from tensorflow.keras.layers import Layer

FIELDS = {"user": 5, "item": 7, "place": 3}


class FM(Layer):
    """Factorization Machine models pairwise (order-2) feature interactions
     without linear term and bias.

      Input shape
        - 3D tensor with shape: ``(batch_size,field_size,embedding_size)``.
      Output shape
        - 2D tensor with shape: ``(batch_size, 1)``.
    """

    def __init__(self, **kwargs):
        super(FM, self).__init__(**kwargs)

    def build(self, input_shape):
        if len(input_shape) != 3:
            raise ValueError("Unexpected inputs dimensions % d, expect to be 3 dimensions" % (
                len(input_shape)))
        super(FM, self).build(input_shape)  # Be sure to call this somewhere!

    def call(self, inputs, **kwargs):
        concated_embeds_value = inputs

        square_of_sum = tf.square(tf.reduce_sum(
            concated_embeds_value, axis=1, keepdims=True))
        sum_of_square = tf.reduce_sum(
            concated_embeds_value * concated_embeds_value, axis=1, keepdims=True)
        cross_term = square_of_sum - sum_of_square
        cross_term = 0.5 * tf.reduce_sum(cross_term, axis=2, keepdims=False)

        return cross_term

    def compute_output_shape(self, input_shape):
        return (None, 1)


class BiInteraction(Layer):
    """Products of each pair of fields, one after the other."""

    def call(self, inputs):
        rows = tf.unstack(inputs, axis=1)
        pairs = [a * b for a, b in itertools.combinations(rows, 2)]
        return tf.add_n(pairs)


class PredictionLayer(Layer):
    def __init__(self, task='binary', use_bias=True, **kwargs):
        if task not in ["binary", "regression"]:
            raise ValueError("task must be binary or regression")
        self.task = task
        self.use_bias = use_bias
        super(PredictionLayer, self).__init__(**kwargs)

    def build(self, input_shape):
        if self.use_bias:
            self.global_bias = self.add_weight(
                shape=(1,), initializer=Zeros(), name="global_bias")
        super(PredictionLayer, self).build(input_shape)

    def call(self, inputs, **kwargs):
        x = inputs
        if self.use_bias:
            x = tf.nn.bias_add(x, self.global_bias, data_format='NHWC')
        if self.task == "binary":
            x = tf.sigmoid(x)
        return tf.reshape(x, (-1, 1))

    def get_config(self):
        config = {'task': self.task, 'use_bias': self.use_bias}
        base_config = super(PredictionLayer, self).get_config()
        return dict(list(base_config.items()) + list(config.items()))


keras = tf.keras
inputs = {name: keras.Input((1,), name=name, dtype="int32") for name in FIELDS}
embedded = keras.layers.concatenate(
    [keras.layers.Embedding(FIELDS[name], 3, name=f"of_{name}")(one) for name, one in inputs.items()],
    axis=1,
)
linear = keras.layers.Dense(1, use_bias=False, name="linear")(keras.layers.Flatten()(embedded))
deep = keras.layers.Dense(4, activation="relu", name="deep")(BiInteraction()(embedded))
logit = keras.layers.add([linear, FM()(embedded), keras.layers.Dense(1, name="out")(deep)])
model = keras.Model(inputs, PredictionLayer()(logit))

rng = np.random.RandomState(107)
for layer in sorted(model.layers, key=lambda one: one.name):
    layer.set_weights([rng.normal(0, 0.5, w.shape) for w in layer.get_weights()])
model.compile("sgd", "binary_crossentropy", metrics=["binary_crossentropy", "AUC"])
features = {name: rng.randint(0, count, (8, 1)) for name, count in FIELDS.items()}
clicked = rng.randint(0, 2, (8, 1)).astype("float32")
history = model.fit(features, clicked, batch_size=4, shuffle=False, verbose=0).history
result = {
    "loss": history["loss"],
    "binary_crossentropy": history["binary_crossentropy"],
    "predicted": model.predict(features, verbose=0),
    "weights": [model.get_layer(f"of_{name}").get_weights() for name in FIELDS],
}
