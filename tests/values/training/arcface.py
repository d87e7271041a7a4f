"""Faces: ArcFace logits, center loss with centers that move, cosine learning rate."""

import math

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Embedding, Input, Layer
from tensorflow.keras.models import Model
from tensorflow.keras.optimizers import SGD
from tensorflow.keras.optimizers.schedules import CosineDecay


class ArcFace(Layer):
    def __init__(self, n_classes=10, s=30.0, m=0.50, regularizer=None, **kwargs):
        super(ArcFace, self).__init__(**kwargs)
        self.n_classes = n_classes
        self.s = s
        self.m = m
        self.regularizer = tf.keras.regularizers.get(regularizer)

    def build(self, input_shape):
        super(ArcFace, self).build(input_shape[0])
        self.W = self.add_weight(name='W',
                                 shape=(input_shape[0][-1], self.n_classes),
                                 initializer='glorot_uniform',
                                 trainable=True,
                                 regularizer=self.regularizer)

    def call(self, inputs):
        x, y = inputs
        # normalize feature
        x = tf.nn.l2_normalize(x, axis=1)
        # normalize weights
        W = tf.nn.l2_normalize(self.W, axis=0)
        # dot product
        logits = x @ W
        # add margin
        # clip logits to prevent zero division when backward
        theta = tf.acos(K.clip(logits, -1.0 + K.epsilon(), 1.0 - K.epsilon()))
        target_logits = tf.cos(theta + self.m)
        logits = logits * (1 - y) + target_logits * y
        # feature re-scale
        logits *= self.s
        out = tf.nn.softmax(logits)
        return out

    def compute_output_shape(self, input_shape):
        return (None, self.n_classes)


class CenterLoss(Layer):
    """Distance to the center of the class; centers are moved by hand, not by gradients."""

    def __init__(self, classes, dim, alpha=0.5, **kwargs):
        super().__init__(**kwargs)
        self.classes = classes
        self.dim = dim
        self.alpha = alpha

    def build(self, input_shape):
        self.centers = self.add_weight(
            name="centers", shape=(self.classes, self.dim), initializer="zeros", trainable=False
        )
        super().build(input_shape)

    def call(self, x, training=None):
        features, labels = x
        # how much each center has to move
        delta_centers = K.dot(K.transpose(labels), (K.dot(labels, self.centers) - features))
        center_counts = K.sum(K.transpose(labels), axis=1, keepdims=True) + 1
        delta_centers /= center_counts
        own = K.dot(labels, self.centers)
        if training:
            self.centers.assign(self.centers - self.alpha * delta_centers)
        return K.sum(K.square(features - own), axis=1, keepdims=True)


def zero_loss(y_true, y_pred):
    return 0.5 * K.sum(y_pred, axis=0)


rng = np.random.RandomState(103)
inputs, label = Input((5,)), Input((3,))
features = Dense(4)(inputs)
probabilities = ArcFace(3, s=5.0, m=0.2, regularizer="l2", name="arc")([features, label])
distances = CenterLoss(3, 4, name="center")([features, label])
model = Model([inputs, label], [probabilities, distances])
for w in model.trainable_weights:
    w.assign(rng.normal(0, 0.5, w.shape))
model.compile(
    optimizer=SGD(CosineDecay(0.1, decay_steps=4), momentum=0.9),
    loss=["categorical_crossentropy", zero_loss],
    loss_weights=[1.0, 0.02],
)
x = rng.normal(size=(8, 5)).astype("float32")
y = np.eye(3, dtype="float32")[rng.randint(0, 3, 8)]
history = model.fit([x, y], [y, np.zeros((8, 1))], batch_size=4, shuffle=False, verbose=0)
result = {
    "loss": history.history["loss"],
    "centers": model.get_layer("center").centers.numpy(),
    "weights": [w.numpy() for w in model.trainable_weights],
}
