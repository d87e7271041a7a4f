"""A momentum ("slow") copy of an encoder that follows the trained one, as in BYOL."""

import numpy as np
import tensorflow as tf
from tensorflow import keras

# Hyperparameters
MOMENTUM = 0.9
WIDTH = 4


def get_encoder():
    # a fresh network each time
    return keras.Sequential(
        [
            keras.Input(shape=(5,)),
            keras.layers.Dense(WIDTH, activation="relu"),
            keras.layers.Dense(WIDTH),
        ]
    )


class BYOL(keras.Model):
    def __init__(self):
        super().__init__()
        self.online_encoder = get_encoder()
        self.predictor = keras.Sequential([keras.Input((WIDTH,)), keras.layers.Dense(WIDTH)])
        # the momentum network is initialized from its online counterpart
        self.target_encoder = keras.models.clone_model(self.online_encoder)
        self.loss_tracker = keras.metrics.Mean(name="loss")

    def call(self, x, training=False):
        return self.predictor(self.online_encoder(x, training=training))

    @property
    def metrics(self):
        return [self.loss_tracker]

    def byol_loss(self, p, z):
        p = tf.math.l2_normalize(p, axis=1)
        z = tf.math.l2_normalize(z, axis=1)
        # sum over features, mean over the batch
        return tf.reduce_mean(2 - 2 * tf.reduce_sum(p * z, axis=1))

    def train_step(self, data):
        view_1, view_2 = data
        targets = tf.stop_gradient(self.target_encoder(view_2, training=True))
        with tf.GradientTape() as tape:
            prediction = self(view_1, training=True)
            loss = self.byol_loss(prediction, targets)
        trained = self.online_encoder.trainable_variables + self.predictor.trainable_variables
        gradients = tape.gradient(loss, trained)
        self.optimizer.apply_gradients(zip(gradients, trained))

        # the momentum network is updated by exponential moving average
        for weight, m_weight in zip(self.online_encoder.weights, self.target_encoder.weights):
            m_weight.assign(MOMENTUM * m_weight + (1 - MOMENTUM) * weight)

        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}


model = BYOL()
rng = np.random.RandomState(7)
for net in (model.online_encoder, model.predictor):
    net.set_weights([rng.normal(0, 0.5, w.shape) for w in net.get_weights()])
model.target_encoder.set_weights(model.online_encoder.get_weights())
model.compile(optimizer=keras.optimizers.Adam(1e-2))

x = rng.normal(size=(8, 5)).astype("float32")
noise = rng.normal(0, 0.2, size=(8, 5)).astype("float32")
dataset = tf.data.Dataset.from_tensor_slices((x, x + noise)).batch(4)
history = model.fit(dataset, verbose=0)
result = {
    "loss": history.history["loss"],
    "online": model.online_encoder.get_weights(),
    "target": model.target_encoder.get_weights(),
}
