"""Features, losses and metrics against values worked out with NumPy or by hand."""

import numpy as np
import pytest

from pumpwatch import features, losses, metrics

TIME = np.arange(64) / 64


def sine(*frequencies):
    """One window with a sine of the given frequency on each axis."""
    return np.stack([np.sin(2 * np.pi * f * TIME) for f in frequencies], -1)[None].astype("float32")


def log_softmax(logits):
    return logits - np.log(np.exp(logits).sum(-1, keepdims=True))


def test_gaps_are_cleaned_or_dropped():
    windows = np.concatenate([sine(4, 4, 4), np.zeros((1, 64, 3), "float32"), sine(8, 8, 8) * 20])
    windows[0, 3, 1] = np.nan
    cleaned = features.clean(windows).numpy()
    assert cleaned[0, 3, 1] == 0 and cleaned.max() == 8
    np.testing.assert_array_equal(features.drop_unusable(windows), windows[2:])


def test_tilt_of_a_lying_sensor():
    window = np.tile(np.array([0.0, 3.0, 4.0], "float32"), (1, 64, 1))
    expected = np.array([[np.arctan2(3, 4), 0, np.arccos(0.8), 0]]) / np.pi
    np.testing.assert_allclose(features.tilt(window), expected, atol=1e-6)


def test_shape_factors_and_loudest_samples_of_a_sine():
    factors = features.shape_factors(sine(4, 8, 4)).numpy()[0]
    np.testing.assert_allclose(factors[:3], 1.5, rtol=1e-4)
    np.testing.assert_allclose(factors[3:], 2 * np.sqrt(2), rtol=1e-4)
    np.testing.assert_allclose(features.loudest_samples(sine(4, 8, 4)), [[1, 1, 1]], atol=1e-5)


def test_axis_correlation():
    pairs = features.axis_correlation(sine(4, 4, 8)).numpy()[0]
    np.testing.assert_allclose(pairs, [np.arctanh(0.99), 0, 0], atol=1e-4)


def test_power_features():
    power = features.power_spectrum(sine(8, 8, 8)).numpy()
    assert power.argmax() == 8 and power[0, 8] == pytest.approx(32**2, rel=1e-3)
    power = np.arange(1.0, 34.0, dtype="float32")[None]
    bands = np.array([10.0, 126.0, 425.0])
    expected = np.arcsinh([*bands, bands.prod() ** (1 / 3)])
    np.testing.assert_allclose(features.band_energy(power), [expected], rtol=1e-5)
    below = np.cumsum(power) - power[0] < 0.85 * power.sum()
    assert features.rolloff(power).numpy() == pytest.approx(below.sum() / 33)
    ratio = features.peak_ratio(np.array([[5.0, 1.0, 3.0, 0.0]], "float32"), count=2)
    np.testing.assert_allclose(ratio, [[1 / 6, 0]], rtol=1e-6)


def test_denoise_keeps_loud_parts():
    signal = sine(4, 4, 4)[:, :, 0]
    np.testing.assert_allclose(features.denoise(signal, 0.0)[:, 8:56], signal[:, 8:56], atol=1e-4)
    assert not features.denoise(signal, 1e6).numpy().any()


def test_fault_losses():
    logits = np.array([[2.0, -1.0, 0.5, 0.0], [0.0, 1.0, 0.0, 3.0]], "float32")
    labels = np.array([[2], [3]])
    picked = -log_softmax(logits)[[0, 1], [2, 3]]
    np.testing.assert_allclose(losses.weighted_fault_loss(labels, logits), picked * [1, 2], 1e-5)
    target = np.array([[0.1, 0.1, 0.7, 0.1], [0.1, 0.1, 0.1, 0.7]])
    expected = -(target * log_softmax(logits)).sum(-1).mean()
    assert float(losses.SmoothedCrossEntropy(0.3)(labels, logits)) == pytest.approx(expected, 1e-5)


def test_other_losses():
    half = losses.alarm_loss(np.array([[1], [0]]), np.zeros((2, 1), "float32"))
    np.testing.assert_allclose(half, np.log(2), rtol=1e-6)
    truth, guess = np.array([[1.0], [0.2]], "float32"), np.array([[0.6], [0.4]], "float32")
    np.testing.assert_allclose(losses.severity_loss(truth, guess), [0.36, 0.04], rtol=1e-5)
    codes = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]], "float32")
    assert float(losses.decorrelation_loss(codes)) == pytest.approx(0, abs=1e-5)
    assert float(losses.decorrelation_loss(codes[:, [0, 0]])) == pytest.approx(np.sqrt(2), 1e-5)
    error = np.random.default_rng(0).normal(size=(2, 8, 3)).astype("float32")
    spectrum = np.abs(np.fft.fft2(error)).mean((1, 2)) / 8
    expected = (error**2).mean((1, 2)) + spectrum
    np.testing.assert_allclose(losses.spectral_loss(error, 0 * error), expected, rtol=1e-4)


def test_metrics():
    logits = np.log(np.array([[7, 1, 1, 1], [1, 7, 1, 1], [7, 1, 1, 1], [1, 1, 1, 7.0]]) / 10)
    labels = np.array([0, 1, 1, 3])
    recall, confidence = metrics.FaultRecall(4), metrics.TrueClassConfidence()
    for metric in (recall, confidence):
        metric.update_state(labels, logits.astype("float32"))
    assert float(recall.result()) == pytest.approx(0.75)
    assert float(confidence.result()) == pytest.approx(0.55)
    recall.reset_state()
    assert float(recall.result()) == 0
    truth, guess = np.array([[0.0], [1.0], [0.5]], "float32"), np.full((3, 1), 0.7, "float32")
    assert float(metrics.severity_error(truth, guess)) == pytest.approx(0.25)
    np.testing.assert_array_equal(metrics.clearest_window(logits[1:]), [1, 0, 0, 2])
