"""Contrastive learning: two views of each sample, NT-Xent loss, momentum-free."""

import numpy as np
import tensorflow as tf

keras = tf.keras
layers = tf.keras.layers


class ContrastiveModel(tf.keras.Model):
    def __init__(self, encoder, projection, temperature=0.1):
        super().__init__()
        self.encoder = encoder
        self.projection_head = projection
        self.temperature = temperature

    def compile(self, contrastive_optimizer, **kwargs):
        super().compile(**kwargs)
        self.contrastive_optimizer = contrastive_optimizer
        self.contrastive_loss_tracker = keras.metrics.Mean(name="c_loss")
        self.contrastive_accuracy = keras.metrics.SparseCategoricalAccuracy(name="c_acc")

    @property
    def metrics(self):
        return [self.contrastive_loss_tracker, self.contrastive_accuracy]

    def contrastive_loss(self, projections_1, projections_2):
        # Cosine similarity is the dot product of normalised vectors.
        projections_1 = tf.math.l2_normalize(projections_1, axis=1)
        projections_2 = tf.math.l2_normalize(projections_2, axis=1)
        similarities = tf.matmul(projections_1, projections_2, transpose_b=True) / self.temperature

        # The matching pair has the same row.
        batch_size = tf.shape(projections_1)[0]
        contrastive_labels = tf.range(batch_size)
        self.contrastive_accuracy.update_state(contrastive_labels, similarities)
        self.contrastive_accuracy.update_state(contrastive_labels, tf.transpose(similarities))

        # The loss is symmetric.
        loss_1_2 = tf.keras.losses.sparse_categorical_crossentropy(
            contrastive_labels, similarities, from_logits=True
        )
        loss_2_1 = tf.keras.losses.sparse_categorical_crossentropy(
            contrastive_labels, tf.transpose(similarities), from_logits=True
        )
        return tf.reduce_mean(loss_1_2 + loss_2_1) / 2

    def train_step(self, data):
        first, second = data
        with tf.GradientTape() as tape:
            features_1 = self.encoder(first, training=True)
            features_2 = self.encoder(second, training=True)
            projections_1 = self.projection_head(features_1, training=True)
            projections_2 = self.projection_head(features_2, training=True)
            contrastive_loss = self.contrastive_loss(projections_1, projections_2)
        gradients = tape.gradient(
            contrastive_loss,
            self.encoder.trainable_weights + self.projection_head.trainable_weights,
        )
        self.contrastive_optimizer.apply_gradients(
            zip(
                gradients,
                self.encoder.trainable_weights + self.projection_head.trainable_weights,
            )
        )
        self.contrastive_loss_tracker.update_state(contrastive_loss)
        return {m.name: m.result() for m in self.metrics}


encoder = keras.Sequential([keras.Input((5,)), layers.Dense(6, activation="relu")], name="encoder")
projection = keras.Sequential([keras.Input((6,)), layers.Dense(4)], name="projection")
rng = np.random.RandomState(11)
encoder.set_weights([rng.normal(0, 0.7, w.shape) for w in encoder.get_weights()])
projection.set_weights([rng.normal(0, 0.7, w.shape) for w in projection.get_weights()])
model = ContrastiveModel(encoder, projection)
model.compile(contrastive_optimizer=tf.keras.optimizers.SGD(0.1, momentum=0.9))

views = rng.normal(size=(8, 5)).astype("float32")
noisy = views + rng.normal(0, 0.1, views.shape).astype("float32")
history = model.fit(views, noisy, batch_size=4, epochs=1, shuffle=False, verbose=0)
result = {
    "c_loss": history.history["c_loss"],
    "c_acc": history.history["c_acc"],
    "encoder": encoder.get_weights(),
    "projection": projection.get_weights(),
}
