"""Siamese network with shared weights, distances by Lambda and contrastive loss; then triplets."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras import layers, metrics
from tensorflow.keras.layers import Dense, Input, Lambda
from tensorflow.keras.models import Model, Sequential


def euclidean_distance(vects):
    x, y = vects
    sum_square = K.sum(K.square(x - y), axis=1, keepdims=True)
    return K.sqrt(K.maximum(sum_square, K.epsilon()))


def eucl_dist_output_shape(shapes):
    shape1, shape2 = shapes
    return (shape1[0], 1)


def contrastive_loss(y_true, y_pred):
    '''Contrastive loss from Hadsell-et-al.'06
    http://yann.lecun.com/exdb/publis/pdf/hadsell-chopra-lecun-06.pdf
    '''
    margin = 1
    square_pred = K.square(y_pred)
    margin_square = K.square(K.maximum(margin - y_pred, 0))
    return K.mean(y_true * square_pred + (1 - y_true) * margin_square)


def accuracy(y_true, y_pred):
    '''Compute classification accuracy with a fixed threshold on distances.
    '''
    return K.mean(K.equal(y_true, K.cast(y_pred < 0.5, y_true.dtype)))


class DistanceLayer(layers.Layer):
    """
    This layer is responsible for computing the distance between the anchor
    embedding and the positive embedding, and the anchor embedding and the
    negative embedding.
    """

    def call(self, anchor, positive, negative):
        ap_distance = tf.reduce_sum(tf.square(anchor - positive), -1)
        an_distance = tf.reduce_sum(tf.square(anchor - negative), -1)
        return (ap_distance, an_distance)


class SiameseModel(Model):
    """The Siamese Network model with a custom training and testing loops.

    The triplet loss is defined as:
       L(A, P, N) = max(‖f(A) - f(P)‖² - ‖f(A) - f(N)‖² + margin, 0)
    """

    def __init__(self, siamese_network, margin=0.5):
        super().__init__()
        self.siamese_network = siamese_network
        self.margin = margin
        self.loss_tracker = metrics.Mean(name="loss")

    def call(self, inputs):
        return self.siamese_network(inputs)

    def train_step(self, data):
        # GradientTape is a context manager that records every operation that
        # you do inside.
        with tf.GradientTape() as tape:
            loss = self._compute_loss(data)

        # Storing the gradients of the loss function with respect to the
        # weights/parameters.
        gradients = tape.gradient(loss, self.siamese_network.trainable_weights)

        # Applying the gradients on the model using the specified optimizer
        self.optimizer.apply_gradients(
            zip(gradients, self.siamese_network.trainable_weights)
        )

        # Let's update and return the training loss metric.
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}

    def test_step(self, data):
        loss = self._compute_loss(data)
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}

    def _compute_loss(self, data):
        # The output of the network is a tuple containing the distances
        # between the anchor and the positive example, and the anchor and
        # the negative example.
        ap_distance, an_distance = self.siamese_network(data)
        loss = ap_distance - an_distance
        loss = tf.maximum(loss + self.margin, 0.0)
        return loss

    @property
    def metrics(self):
        # We need to list our metrics here so the `reset_states()` can be
        # called automatically.
        return [self.loss_tracker]


rng = np.random.RandomState(43)
base = Sequential([Input((4,)), Dense(5, activation="relu"), Dense(3)])
start = [rng.normal(0, 0.5, w.shape) for w in base.get_weights()]
base.set_weights(start)
input_a, input_b = Input(shape=(4,)), Input(shape=(4,))
distance = Lambda(euclidean_distance, output_shape=eucl_dist_output_shape)(
    [base(input_a), base(input_b)]
)
pairs_model = Model([input_a, input_b], distance)
pairs_model.compile(loss=contrastive_loss, optimizer="rmsprop", metrics=[accuracy])
a, b, c = (rng.normal(size=(8, 4)).astype("float32") for _ in range(3))
same = (np.arange(8) % 2).astype("float32")[:, None]
pairs = pairs_model.fit([a, b], same, batch_size=4, shuffle=False, verbose=0).history
result = {
    "pairs": pairs["loss"] + pairs["accuracy"],
    "after pairs": base.get_weights(),
}

base.set_weights(start)
inputs = [Input((4,), name=name) for name in ("anchor", "positive", "negative")]
distances = DistanceLayer()(*[base(one) for one in inputs])
siamese_model = SiameseModel(Model(inputs=inputs, outputs=distances))
siamese_model.compile(optimizer=tf.keras.optimizers.SGD(0.1))
triplets = tf.data.Dataset.from_tensor_slices((a, b, c)).batch(4)
history = siamese_model.fit(triplets, epochs=1, validation_data=triplets, verbose=0).history
result["triplets"] = history["loss"] + history["val_loss"]
result["after triplets"] = base.get_weights()
