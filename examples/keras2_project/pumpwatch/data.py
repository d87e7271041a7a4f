"""Synthetic vibration windows, and the pipelines that feed them to a model."""

import numpy as np
import tensorflow as tf

FAULTS = ("healthy", "imbalance", "bearing", "cavitation")
WINDOW = 64


def make_pumps(count=256, seed=7):
    """Return nested model inputs and the targets (fault class, severity in 0..1)."""
    rng = np.random.default_rng(seed)
    fault = rng.integers(0, len(FAULTS), count)
    severity = np.where(fault == 0, 0.0, rng.uniform(0.4, 1.0, count))
    frequency = np.array([4.0, 4.0, 14.0, 24.0])[fault]
    strength = np.array([[0.3, 0.3, 0.3], [1.5, 0.2, 0.2], [0.2, 1.5, 0.4], [0.4, 0.4, 1.5]])[fault]
    angle = frequency[:, None] * np.arange(WINDOW) / WINDOW + rng.uniform(size=(count, 1))
    vibration = np.sin(2 * np.pi * angle)[:, :, None] * strength[:, None, :]
    vibration = vibration * (0.5 + severity[:, None, None]) + rng.normal(0, 0.1, vibration.shape)
    vibration[:, :, 2] += 1.0  # gravity
    temperature = (severity * 25 + rng.normal(0, 2, count)) / 25
    inputs = {
        "vibration": vibration.astype("float32"),
        "pump": {
            "temperature": temperature.astype("float32")[:, None],
            "serial": rng.integers(100, 164, count).astype("int32"),
        },
    }
    targets = {"fault": fault.astype("int32"), "severity": severity.astype("float32")[:, None]}
    return inputs, targets


def jitter(window, label):
    """Shift a training window in time and change its gain."""
    shift = tf.random.uniform([], 0, WINDOW, dtype=tf.int32)
    gain = tf.random.uniform([], 0.9, 1.1)
    window = tf.roll(window, shift, axis=0) * gain
    return tf.clip_by_value(window, -8.0, 8.0), label


def window_dataset(windows, labels, batch_size=32, training=False):
    """Batches of (window, label) without the windows that have gaps."""
    dataset = tf.data.Dataset.from_tensor_slices((windows, labels))
    dataset = dataset.filter(lambda window, _: tf.reduce_all(tf.math.is_finite(window)))
    if training:
        dataset = dataset.shuffle(512).map(jitter, num_parallel_calls=tf.data.AUTOTUNE)
    return dataset.batch(batch_size).prefetch(tf.data.AUTOTUNE)


def denoising_dataset(windows, noise=0.3, batch_size=32):
    """Batches of (noisy window, clean window)."""

    def add_noise(window):
        return window + tf.random.normal(tf.shape(window), stddev=noise), window

    return tf.data.Dataset.from_tensor_slices(windows).map(add_noise).batch(batch_size)
