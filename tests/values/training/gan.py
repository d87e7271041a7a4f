"""A small GAN on points in the plane."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

LATENT = 3


def fill(model, seed):
    # The same start every time.
    rng = np.random.RandomState(seed)
    model.set_weights([rng.normal(0, 0.5, w.shape) for w in model.get_weights()])


class GAN(keras.Model):
    """Generator and discriminator with an optimizer each."""

    def __init__(self, discriminator, generator, latent_dim):
        super().__init__()
        self.discriminator = discriminator
        self.generator = generator
        self.latent_dim = latent_dim
        self.d_loss_tracker = keras.metrics.Mean(name="d_loss")
        self.g_loss_tracker = keras.metrics.Mean(name="g_loss")

    @property
    def metrics(self):
        return [self.d_loss_tracker, self.g_loss_tracker]

    def compile(self, d_optimizer, g_optimizer, loss_fn):
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.loss_fn = loss_fn

    def call(self, inputs):
        return self.discriminator(inputs)

    def train_step(self, data):
        real, noise = data
        batch_size = tf.shape(real)[0]

        # Train the discriminator: fakes are one, the real ones zero.
        fake = self.generator(noise)
        combined = tf.concat([fake, real], axis=0)
        labels = tf.concat([tf.ones((batch_size, 1)), tf.zeros((batch_size, 1))], axis=0)
        with tf.GradientTape() as tape:
            predictions = self.discriminator(combined)
            d_loss = self.loss_fn(labels, predictions)
        grads = tape.gradient(d_loss, self.discriminator.trainable_weights)
        self.d_optimizer.apply_gradients(zip(grads, self.discriminator.trainable_weights))

        # Train the generator (the discriminator stays as it is!)
        misleading = tf.zeros((batch_size, 1))
        with tf.GradientTape() as tape:
            predictions = self.discriminator(self.generator(noise))
            g_loss = self.loss_fn(misleading, predictions)
        grads = tape.gradient(g_loss, self.generator.trainable_weights)
        self.g_optimizer.apply_gradients(zip(grads, self.generator.trainable_weights))

        self.d_loss_tracker.update_state(d_loss)
        self.g_loss_tracker.update_state(g_loss)
        return {
            "d_loss": self.d_loss_tracker.result(),
            "g_loss": self.g_loss_tracker.result(),
        }


discriminator = keras.Sequential(
    [
        keras.Input(shape=(2,)),
        layers.Dense(6),
        layers.LeakyReLU(alpha=0.2),
        layers.Dense(1),
    ],
    name="discriminator",
)
generator = keras.Sequential(
    [keras.Input(shape=(LATENT,)), layers.Dense(5, activation="tanh"), layers.Dense(2)],
    name="generator",
)
fill(discriminator, 1)
fill(generator, 2)

gan = GAN(discriminator, generator, LATENT)
gan.compile(
    d_optimizer=keras.optimizers.Adam(learning_rate=0.01),
    g_optimizer=keras.optimizers.SGD(learning_rate=0.05),
    loss_fn=keras.losses.BinaryCrossentropy(from_logits=True),
)
rng = np.random.RandomState(0)
points = rng.normal(1, 1, (8, 2)).astype("float32")
codes = rng.normal(0, 1, (8, LATENT)).astype("float32")
history = gan.fit(points, codes, batch_size=4, epochs=1, shuffle=False, verbose=0)

result = {
    "d_loss": history.history["d_loss"],
    "g_loss": history.history["g_loss"],
    "discriminator": discriminator.get_weights(),
    "generator": generator.get_weights(),
}
