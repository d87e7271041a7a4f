"""Signal features of accelerometer windows, shape (batch, time, axis)."""

import math

import tensorflow as tf

BANDS = [4, 12, 17]


def clean(window, limit=8.0):
    """Replace samples the sensor did not deliver by zero and clip the rest."""
    missing = tf.logical_or(tf.math.is_nan(window), tf.math.is_inf(window))
    window = tf.where(missing, tf.zeros_like(window), window)
    return tf.clip_by_value(window, clip_value_min=-limit, clip_value_max=limit)


def drop_unusable(window):
    """Keep the windows that have no gaps and show some movement."""
    finite = tf.reduce_all(tf.math.is_finite(window), axis=[1, 2])
    moving = tf.reduce_any(tf.abs(window) > 1e-3, axis=[1, 2])
    rows = tf.where(tf.logical_and(finite, moving))
    return tf.gather(window, tf.squeeze(rows, axis=1))


def tilt(window):
    """Roll, pitch, lean and slope of the mounted sensor, as fractions of pi."""
    gravity = tf.nn.l2_normalize(tf.reduce_mean(window, axis=1), axis=-1)
    x, y, z = tf.unstack(tf.clip_by_value(gravity, -0.999, 0.999), axis=-1)
    slope = tf.atan(tf.math.divide_no_nan(x, z))
    return tf.stack([tf.atan2(y, z), tf.asin(x), tf.acos(z), slope], axis=-1) / math.pi


def shape_factors(window):
    """Kurtosis and crest factor of each axis."""
    centred = window - tf.reduce_mean(window, axis=1, keepdims=True)
    variance = tf.math.reduce_variance(window, axis=1)
    kurtosis = tf.reduce_mean(tf.math.pow(centred, 4), axis=1) / tf.square(variance)
    span = tf.reduce_max(window, axis=1) - tf.reduce_min(window, axis=1)
    return tf.concat([kurtosis, span / tf.math.reduce_std(window, axis=1)], axis=-1)


def axis_correlation(window):
    """Correlation of the axis pairs xy, xz and yz on Fisher's scale."""
    centred = window - tf.reduce_mean(window, axis=1, keepdims=True)
    signals = tf.transpose(centred, perm=[0, 2, 1])
    covariance = tf.matmul(signals, signals, transpose_b=True)
    deviation = tf.sqrt(tf.linalg.diag_part(covariance))
    scale = deviation[:, :, tf.newaxis] * tf.expand_dims(deviation, 1)
    pairs = tf.gather(tf.reshape(covariance / scale, [-1, 9]), [1, 2, 5], axis=1)
    return tf.atanh(tf.clip_by_value(pairs, -0.99, 0.99))


def power_spectrum(window):
    """Power of each frequency bin, mean of the axes: (batch, 33) for 64 samples."""
    centred = window - tf.reduce_mean(window, axis=1, keepdims=True)
    spectrum = tf.signal.rfft(tf.transpose(centred, perm=[0, 2, 1]))
    return tf.reduce_mean(tf.math.real(spectrum * tf.math.conj(spectrum)), axis=1)


def band_energy(power):
    """Compressed energy of the low, middle and high band, and their geometric mean."""
    low, middle, high = tf.split(power, BANDS, axis=1)
    bands = tf.stack([tf.reduce_sum(band, axis=1) for band in (low, middle, high)], axis=-1)
    geometric = tf.pow(tf.reduce_prod(bands, axis=-1, keepdims=True), 1.0 / len(BANDS))
    return tf.asinh(tf.concat([bands, geometric], axis=-1))


def rolloff(power, share=0.85):
    """Fraction of the bins before which `share` of the power lies."""
    before = tf.cumsum(power, axis=1, exclusive=True)
    total = tf.reduce_sum(power, axis=1, keepdims=True)
    bins = tf.math.count_nonzero(before < share * total, axis=1, keepdims=True)
    return tf.cast(bins, power.dtype) / tf.cast(tf.shape(power)[1], power.dtype)


def peak_ratio(power, count=3):
    """Power of the strongest bins next to the power of the bins above them."""
    top = tf.argsort(power, axis=1, direction="DESCENDING")[:, :count]
    neighbour = tf.minimum(top + 1, tf.shape(power)[1] - 1)
    peaks = tf.gather(power, top, batch_dims=1)
    beside = tf.gather(power, neighbour, batch_dims=1)
    return tf.math.divide_no_nan(beside, peaks + beside)


def loudest_samples(window, count=4):
    """Mean of the largest absolute samples of each axis."""
    ordered = tf.sort(tf.abs(window), axis=1, direction="DESCENDING")
    return tf.reduce_mean(ordered[:, :count], axis=1)


def denoise(signal, floor=0.5):
    """Remove the quiet parts of a (batch, time) signal in the time-frequency plane."""
    frames = tf.signal.stft(signal, frame_length=16, frame_step=8)
    keep = tf.cast(tf.abs(frames) >= floor, tf.complex64)
    window_fn = tf.signal.inverse_stft_window_fn(8)
    return tf.signal.inverse_stft(frames * keep, 16, 8, window_fn=window_fn)
