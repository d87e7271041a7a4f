"""Graph convolutions: dense and by edge lists, attention over neighbours, readout by graph."""
import numpy as np
import tensorflow as tf
import tensorflow.keras.backend as K
from tensorflow import keras
from tensorflow.keras import activations, initializers, layers


class GraphConv(layers.Layer):
    """act(A X W + b), A the normalised adjacency matrix."""

    def __init__(self, units, activation=None, use_bias=True, **kwargs):
        if "input_shape" not in kwargs and "input_dim" in kwargs:
            kwargs["input_shape"] = (kwargs.pop("input_dim"),)
        super().__init__(**kwargs)
        self.units = units
        self.activation = activations.get(activation)
        self.use_bias = use_bias

    def build(self, input_shapes):
        features_shape = input_shapes[0]
        self.kernel = self.add_weight(
            shape=(int(features_shape[-1]), self.units), initializer="glorot_uniform", name="kernel"
        )
        if self.use_bias:
            self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")
        else:
            self.bias = None
        self.built = True

    def call(self, inputs):
        features, adjacency = inputs
        h_graph = K.batch_dot(adjacency, features)
        output = K.dot(h_graph, self.kernel)
        # Add optional bias & apply activation
        if self.bias is not None:
            output += self.bias
        return self.activation(output)

    def compute_output_shape(self, input_shapes):
        feature_shape, *As_shapes = input_shapes
        return feature_shape[:-1] + (self.units,)


class GraphAttention(layers.Layer):
    def __init__(self, units, kernel_initializer="glorot_uniform", **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.kernel_initializer = initializers.get(kernel_initializer)

    def build(self, input_shape):
        self.kernel = self.add_weight(
            shape=(input_shape[0][-1], self.units),
            trainable=True,
            initializer=self.kernel_initializer,
            name="kernel",
        )
        self.kernel_attention = self.add_weight(
            shape=(self.units * 2, 1),
            trainable=True,
            initializer=self.kernel_initializer,
            name="kernel_attention",
        )
        self.built = True

    def call(self, inputs):
        node_states, edges = inputs

        # Linearly transform node states
        node_states_transformed = tf.matmul(node_states, self.kernel)

        # (1) Compute pair-wise attention scores
        node_states_expanded = tf.gather(node_states_transformed, edges)
        node_states_expanded = tf.reshape(
            node_states_expanded, (tf.shape(edges)[0], -1)
        )
        attention_scores = tf.nn.leaky_relu(
            tf.matmul(node_states_expanded, self.kernel_attention)
        )
        attention_scores = tf.squeeze(attention_scores, -1)

        # (2) Normalize attention scores
        attention_scores = tf.math.exp(tf.clip_by_value(attention_scores, -2, 2))
        attention_scores_sum = tf.math.unsorted_segment_sum(
            data=attention_scores,
            segment_ids=edges[:, 0],
            num_segments=tf.shape(node_states)[0],
        )
        attention_scores_sum = tf.gather(attention_scores_sum, edges[:, 0])
        attention_scores_norm = attention_scores / attention_scores_sum

        # (3) Gather node states of neighbors, apply attention scores and aggregate
        node_states_neighbors = tf.gather(node_states_transformed, edges[:, 1])
        out = tf.math.unsorted_segment_sum(
            data=node_states_neighbors * attention_scores_norm[:, tf.newaxis],
            segment_ids=edges[:, 0],
            num_segments=tf.shape(node_states)[0],
        )
        return out


rng = np.random.RandomState(137)
features = rng.normal(size=(4, 5, 3)).astype("float32")
adjacency = (rng.uniform(size=(4, 5, 5)) > 0.5).astype("float32")
labels = rng.randint(0, 2, (4, 1)).astype("float32")

x_in, a_in = keras.Input((5, 3)), keras.Input((5, 5))
h = GraphConv(4, activation="relu")([x_in, a_in])
h = GraphConv(4, activation=tf.nn.elu, use_bias=False)([h, a_in])
out = layers.Dense(1, activation="sigmoid")(layers.GlobalMaxPool1D()(h))
model = keras.Model(inputs=[x_in, a_in], outputs=out)
model.set_weights([rng.normal(0, 0.5, w.shape) for w in model.get_weights()])
model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.RMSprop(0.01))
history = model.fit([features, adjacency], labels, batch_size=2, shuffle=False, verbose=0)

edges = np.array([[0, 1], [1, 2], [2, 0], [0, 3], [3, 4], [4, 0]])
attention = GraphAttention(3)
attention.build([(5, 3), (6, 2)])
attention.set_weights([rng.normal(0, 0.5, w.shape) for w in attention.get_weights()])
result = {
    "loss": history.history["loss"],
    "weights": model.get_weights(),
    "attended": np.array(attention([tf.constant(features[0]), tf.constant(edges)])),
}
