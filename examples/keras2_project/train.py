"""Train the pump models on synthetic data: python train.py --epochs 2."""

import argparse
import tempfile

import numpy as np
import tensorflow as tf

from pumpwatch import data, features, losses, metrics, models, training


def train_monitor(inputs, targets, epochs, directory):
    """Train, evaluate, save and load the monitor."""
    monitor = training.compile_monitor(models.build_monitor())
    monitor.fit(inputs, targets, batch_size=32, epochs=epochs, verbose=2)
    loss, fault_loss, severity_loss, *scores = monitor.evaluate(inputs, targets, verbose=0)
    print(f"monitor: {loss:.3f} (fault {fault_loss:.3f}, severity {severity_loss:.3f})", scores)

    training.save_monitor(monitor, directory)
    restored = training.load_monitor(directory).predict(inputs, verbose=0)
    expected = monitor.predict(inputs, verbose=0)
    np.testing.assert_allclose(restored["fault"], expected["fault"], rtol=1e-3, atol=1e-4)
    print("clearest windows", metrics.clearest_window(tf.nn.softmax(restored["fault"])).numpy())


def train_others(inputs, targets, epochs):
    """Train the baseline, the alarm model and the denoiser for comparison."""
    windows, faults = inputs["vibration"], targets["fault"]
    baseline = models.build_baseline()
    baseline.compile(optimizer="adam", loss=losses.weighted_fault_loss)
    print("warm-up loss", training.warm_up(baseline, data.window_dataset(windows, faults)))
    history, memory = training.train_with_memory(baseline, windows, faults, epochs)
    print("baseline loss", history, "hardest window", memory.argmax())

    alarm = models.AlarmModel()
    alarm.compile(
        optimizer="adam", loss=losses.alarm_loss, metrics=[tf.metrics.AUC(from_logits=True)]
    )
    alarm_data = ((windows, inputs["pump"]["serial"]), (faults[:, None] > 0).astype("float32"))
    alarm.fit(*alarm_data, epochs=epochs, verbose=2)

    denoiser = models.Denoiser()
    denoiser.compile(optimizer="adam")
    usable = features.drop_unusable(tf.convert_to_tensor(windows))
    denoiser.fit(data.denoising_dataset(usable), epochs=epochs, verbose=2)
    print("\n".join(training.describe_layers(denoiser)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()

    tf.random.set_seed(args.seed)
    inputs, targets = data.make_pumps(512, seed=args.seed)
    with tempfile.TemporaryDirectory() as directory:
        train_monitor(inputs, targets, args.epochs, directory)
    train_others(inputs, targets, args.epochs)


if __name__ == "__main__":
    main()
