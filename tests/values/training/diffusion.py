"""Denoising diffusion of vectors: noise and times are inputs, so that numbers can be compared."""

import math

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

min_signal_rate, max_signal_rate = 0.02, 0.95
embedding_dims = 8


def sinusoidal_embedding(x):
    embedding_min_frequency = 1.0
    frequencies = tf.exp(
        tf.linspace(
            tf.math.log(embedding_min_frequency),
            tf.math.log(100.0),
            embedding_dims // 2,
        )
    )
    angular_speeds = 2.0 * math.pi * frequencies
    embeddings = tf.concat([tf.sin(angular_speeds * x), tf.cos(angular_speeds * x)], axis=1)
    return embeddings


def get_network(width):
    noisy = keras.Input(shape=(width,))
    noise_variances = keras.Input(shape=(1,))
    e = layers.Lambda(sinusoidal_embedding)(noise_variances)
    x = layers.Concatenate()([noisy, e])
    x = layers.Dense(10, activation=keras.activations.swish)(x)
    x = layers.Dense(width, kernel_initializer="zeros")(x)
    return keras.Model([noisy, noise_variances], x, name="denoiser")


class DiffusionModel(keras.Model):
    def __init__(self, width):
        super().__init__()
        self.network = get_network(width)
        self.ema_network = get_network(width)

    def compile(self, **kwargs):
        super().compile(**kwargs)
        self.noise_loss_tracker = keras.metrics.Mean(name="n_loss")
        self.sample_loss_tracker = keras.metrics.Mean(name="s_loss")

    @property
    def metrics(self):
        return [self.noise_loss_tracker, self.sample_loss_tracker]

    def diffusion_schedule(self, diffusion_times):
        # diffusion times -> angles
        start_angle = tf.acos(max_signal_rate)
        end_angle = tf.acos(min_signal_rate)
        diffusion_angles = start_angle + diffusion_times * (end_angle - start_angle)
        # angles -> signal and noise rates
        return tf.sin(diffusion_angles), tf.cos(diffusion_angles)

    def denoise(self, noisy, noise_rates, signal_rates, training):
        # the exponential moving average weights are used at evaluation
        if training:
            network = self.network
        else:
            network = self.ema_network
        pred_noises = network([noisy, noise_rates**2], training=training)
        pred = (noisy - noise_rates * pred_noises) / signal_rates
        return pred_noises, pred

    def train_step(self, data):
        (images, noises), diffusion_times = data
        noise_rates, signal_rates = self.diffusion_schedule(diffusion_times)
        # mix the images with noises accordingly
        noisy = signal_rates * images + noise_rates * noises

        with tf.GradientTape() as tape:
            pred_noises, pred_images = self.denoise(noisy, noise_rates, signal_rates, training=True)
            noise_loss = self.loss(noises, pred_noises)  # used for training
            image_loss = self.loss(images, pred_images)  # only used as metric

        gradients = tape.gradient(noise_loss, self.network.trainable_weights)
        self.optimizer.apply_gradients(zip(gradients, self.network.trainable_weights))

        self.noise_loss_tracker.update_state(noise_loss)
        self.sample_loss_tracker.update_state(image_loss)

        # track the exponential moving averages of weights
        for weight, ema_weight in zip(self.network.weights, self.ema_network.weights):
            ema_weight.assign(0.9 * ema_weight + (1 - 0.9) * weight)

        return {m.name: m.result() for m in self.metrics}

    def test_step(self, data):
        (images, noises), diffusion_times = data
        noise_rates, signal_rates = self.diffusion_schedule(diffusion_times)
        noisy = signal_rates * images + noise_rates * noises
        pred_noises, pred_images = self.denoise(noisy, noise_rates, signal_rates, training=False)
        self.noise_loss_tracker.update_state(self.loss(noises, pred_noises))
        self.sample_loss_tracker.update_state(self.loss(images, pred_images))
        return {m.name: m.result() for m in self.metrics}


rng = np.random.RandomState(3)
model = DiffusionModel(6)
model.network.set_weights([rng.normal(0, 0.3, w.shape) for w in model.network.get_weights()])
model.ema_network.set_weights(model.network.get_weights())
model.compile(optimizer=keras.optimizers.SGD(0.1), loss=keras.losses.mean_absolute_error)
x = rng.normal(size=(8, 6)).astype("float32")
noise = rng.normal(size=(8, 6)).astype("float32")
times = rng.uniform(size=(8, 1)).astype("float32")
history = model.fit([x, noise], times, batch_size=4, shuffle=False, verbose=0).history
evaluated = model.evaluate([x, noise], times, batch_size=8, verbose=0)
result = {
    "n_loss": [np.mean(one) for one in history["n_loss"]],
    "s_loss": history["s_loss"],
    "evaluated": [float(one) for one in evaluated],
    "weights": model.network.get_weights(),
    "averages": model.ema_network.get_weights(),
}
