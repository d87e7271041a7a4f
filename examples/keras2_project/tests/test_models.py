"""Layers, and short trainings of every model."""

import math

import numpy as np
import pytest
import tensorflow as tf
from tensorflow import keras

from pumpwatch import data, layers, losses, models, training


@pytest.fixture(autouse=True)
def seed():
    tf.random.set_seed(3)


@pytest.fixture(scope="module")
def pumps():
    return data.make_pumps(256, seed=3)


def test_window_dataset_drops_gaps(pumps):
    windows = pumps[0]["vibration"].copy()
    windows[5, 0, 0] = np.nan
    dataset = data.window_dataset(windows, pumps[1]["fault"], training=True)
    batches = [window.numpy() for window, _ in dataset]
    assert sum(map(len, batches)) == 255
    assert np.abs(np.concatenate(batches)).max() <= np.nanmax(np.abs(windows)) * 1.1


def test_mixer_and_position_embedding_train_their_variables(pumps):
    window = pumps[0]["vibration"][:4]
    mixer, positions = layers.AxisMixer(), layers.PositionEmbedding(64, 3)
    np.testing.assert_allclose(mixer(window), window, rtol=1e-6)
    assert [tuple(v.shape) for v in mixer.trainable_weights] == [(3, 3), (3,)]
    shifted = positions(window) - window
    np.testing.assert_allclose(shifted[2], positions.get_weights()[0], atol=1e-6)


def test_smooth_filters_only_rough_windows():
    window = np.array([0.4, 0, 0.8, 0], "float32").reshape(1, 4, 1)
    np.testing.assert_array_equal(layers.Smooth()(window), window)
    expected = [1, 1.5, 2, 2]
    np.testing.assert_allclose(layers.Smooth(1)(window * 5)[0, :, 0], expected, rtol=1e-6)


def test_random_gain_is_for_training_only():
    layer, window = layers.RandomGain(noise=0.0, rate=0.5), np.ones((8, 64, 3), "float32")
    np.testing.assert_array_equal(layer(window, training=False), window)
    zeros = np.mean(layer(window, training=True).numpy() == 0)
    assert 0.4 < zeros < 0.6


def test_upsample_overlaps_its_kernels():
    layer, x = layers.Upsample(1), np.ones((1, 4, 1), "float32")
    assert layer(x).shape == (1, 8, 1)
    layer.set_weights([np.ones((4, 1, 1))])
    np.testing.assert_allclose(layer(x)[0, :, 0], [1, 2, 2, 2, 2, 2, 2, 1])


def test_spectrogram_and_stem():
    wave = np.sin(np.pi / 2 * np.arange(64)).astype("float32")  # a quarter of the sampling rate
    image = layers.Spectrogram()(np.tile(wave[None, :, None], (1, 1, 3))).numpy()
    assert image.shape == (1, 8, 8, 3) and image.sum((0, 1, 3)).argmax() == 4

    stem, x = layers.SpectrogramStem(1), image[:, :4, :4, :1]
    assert stem(x).shape == (1, 2, 2, 1)
    centre = np.pad(np.ones((1, 1, 1, 1)), [(1, 1), (1, 1), (0, 0), (0, 0)])
    stem.set_weights([centre, np.ones(1), np.zeros(1), centre, np.full((1, 1, 1, 1), 2.0)])
    z = x[:, 1::2, 1::2]
    z = (z - z.mean()) / np.sqrt(z.var() + 1e-3)
    gelu = z * (1 + np.vectorize(math.erf)(z / np.sqrt(2))) / 2
    np.testing.assert_allclose(stem(x), 2 * gelu, rtol=1e-4, atol=1e-5)


def test_leaky_cell_follows_its_recurrence():
    steps, habit = np.ones((1, 3, 2), "float32"), np.array([[1.0, 1.0]], "float32")
    rnn = keras.layers.RNN(layers.LeakyCell(2))
    output = rnn(tf.constant(steps), constants=[tf.constant(habit)]).numpy()
    drive = np.tanh(steps[:, 0] @ rnn.get_weights()[0])
    np.testing.assert_allclose(output, drive * (1 - 0.5**3), rtol=1e-5)


def test_monitor_learns_and_survives_saving(pumps, tmp_path):
    inputs, targets = pumps
    monitor = training.compile_monitor(models.build_monitor())
    before = monitor.evaluate(inputs, targets, return_dict=True, verbose=0)
    monitor.fit(inputs, targets, batch_size=32, epochs=4, verbose=0)
    after = monitor.evaluate(inputs, targets, return_dict=True, verbose=0)
    assert after["fault_loss"] < 0.8 * before["fault_loss"]
    total = after["fault_loss"] + 2 * after["severity_loss"]
    assert after["loss"] == pytest.approx(total, rel=1e-4)
    assert after["fault_fault_recall"] > 0.5

    training.save_monitor(monitor, tmp_path)
    expected = monitor.predict(inputs, verbose=0)
    restored = training.load_monitor(tmp_path).predict(inputs, verbose=0)
    for name in ("fault", "severity"):
        np.testing.assert_allclose(restored[name], expected[name], rtol=1e-3, atol=1e-4)


def test_monitor_without_serial_ignores_it(pumps):
    inputs = pumps[0]
    other = {**inputs, "pump": {**inputs["pump"], "serial": inputs["pump"]["serial"] + 1}}
    for use_serial in (True, False):
        model = models.build_monitor(use_serial=use_serial)
        first, second = model(inputs)["fault"].numpy(), model(other)["fault"].numpy()
        assert np.allclose(first, second) is not use_serial


def test_baseline_training_loop(pumps):
    windows, faults = pumps[0]["vibration"], pumps[1]["fault"]
    baseline = models.build_baseline()
    kernel = baseline.get_layer("image").get_weights()[0]
    np.testing.assert_array_equal(kernel, kernel[::-1, ::-1])
    baseline.compile(optimizer="adam", loss=losses.weighted_fault_loss)
    assert np.isfinite(training.warm_up(baseline, data.window_dataset(windows, faults)))
    assert float(baseline.optimizer.lr) == pytest.approx(1e-3)
    history, memory = training.train_with_memory(baseline, windows, faults, epochs=3)
    assert history[-1] < 0.8 * history[0]
    assert memory.shape == (256,) and (memory > 0).all()


def test_alarm_model(pumps):
    inputs, targets = pumps
    x = (inputs["vibration"], inputs["pump"]["serial"])
    y = (targets["fault"][:, None] > 0).astype("float32")
    alarm = models.AlarmModel()
    alarm.compile(optimizer=keras.optimizers.Adam(0.01), loss=losses.alarm_loss, metrics=["mse"])
    losses_seen = alarm.fit(x, y, epochs=4, verbose=0).history["loss"]
    assert losses_seen[-1] < 0.8 * losses_seen[0]
    scores = alarm.evaluate(x, y, return_dict=True, verbose=0)
    assert set(scores) == {"loss", "mse"}
    logit = alarm.predict(x, verbose=0)
    assert scores["loss"] == pytest.approx(np.mean(np.logaddexp(0, logit) - y * logit), rel=1e-3)


def test_denoiser(pumps):
    denoiser = models.Denoiser()
    denoiser.compile(optimizer=keras.optimizers.Adam(3e-3))
    dataset = data.denoising_dataset(pumps[0]["vibration"])
    history = denoiser.fit(dataset, epochs=3, verbose=0).history["loss"]
    assert history[-1] < 0.8 * history[0]
    lines = training.describe_layers(denoiser)
    assert [line.split(", ")[1] for line in lines if "sparse_code" in line] == ["1 metrics"]
