"""Recommender of two towers; negatives are the others of the batch; features in dictionaries."""
from typing import Dict, Text

import numpy as np
import tensorflow as tf


class UserModel(tf.keras.Model):
    def __init__(self, users: int):
        super().__init__()
        self.embedding = tf.keras.Sequential([
            tf.keras.layers.Embedding(users, 4),
            tf.keras.layers.Dense(3),
        ])

    def call(self, inputs: Dict[Text, tf.Tensor]) -> tf.Tensor:
        return self.embedding(inputs["user"])


class RetrievalModel(tf.keras.models.Model):
    def __init__(self, users, movies):
        super().__init__()
        self.user_model = UserModel(users)
        self.movie_model = tf.keras.layers.Embedding(movies, 3)
        self.scale = self.add_weight(name="scale", shape=(), initializer="ones")
        self.top = tf.keras.metrics.SparseTopKCategoricalAccuracy(k=2, name="top")

    def call(self, features):
        user = self.user_model(features)
        movie = self.movie_model(features["movie"])
        return tf.einsum("id,jd->ij", user, movie) * self.scale

    def compute_loss(self, features, training=False):
        scores = self(features, training=training)
        labels = tf.range(tf.shape(scores)[0])
        loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=scores)
        self.top.update_state(labels, scores)
        return tf.math.reduce_sum(loss)

    def train_step(self, inputs):
        """Custom train step using the `compute_loss` method."""
        with tf.GradientTape() as tape:
            loss = self.compute_loss(inputs, training=True)

            # Handle regularization losses as well.
            regularization_loss = sum(self.losses)
            total_loss = loss + regularization_loss

        gradients = tape.gradient(total_loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))

        metrics = {metric.name: metric.result() for metric in self.metrics}
        metrics["loss"] = loss
        metrics["regularization_loss"] = regularization_loss
        metrics["total_loss"] = total_loss
        return metrics


rng = np.random.RandomState(151)
ratings = {
    "user": rng.randint(0, 5, 8),
    "movie": rng.permutation(8),
}
dataset = tf.data.Dataset.from_tensor_slices(ratings).batch(4).cache()
model = RetrievalModel(5, 8)
model({name: value[:1] for name, value in ratings.items()})
for part in (model.user_model, model.movie_model):
    part.set_weights([rng.normal(0.1, 0.5, w.shape) for w in part.get_weights()])
model.compile(optimizer=tf.keras.optimizers.SGD(0.5))
history = model.fit(dataset, epochs=1, verbose=0).history
result = {
    "loss": history["loss"],
    "total": history["total_loss"],
    "movies": model.movie_model.get_weights(),
    "scale": float(model.scale.numpy()),
}
