"""Helpers around training, saving and scoring."""

import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K

from pumpwatch.losses import SmoothedCrossEntropy, severity_loss, weighted_fault_loss
from pumpwatch.metrics import FaultRecall, TrueClassConfidence, severity_error

try:
    from tensorflow.keras.optimizers import AdamW
except ImportError:  # TensorFlow 2.10
    from tensorflow.keras.optimizers.experimental import AdamW


def compile_monitor(model, learning_rate=3e-3):
    """Compile the two outputs, each with its own loss and metrics."""
    model.compile(
        optimizer=AdamW(learning_rate, weight_decay=1e-4),
        loss={"fault": SmoothedCrossEntropy(0.05), "severity": severity_loss},
        loss_weights={"fault": 1.0, "severity": 2.0},
        metrics={
            "fault": [FaultRecall(4), TrueClassConfidence()],
            "severity": ["mae", severity_error],
        },
    )
    return model


def warm_up(model, dataset, steps=4):
    """Train a few steps at a tenth of the learning rate; return the running loss."""
    rate = K.get_value(model.optimizer.lr)
    K.set_value(model.optimizer.lr, rate * 0.1)
    result = None
    for window, label in dataset.take(steps):
        result = model.train_on_batch(window, label, reset_metrics=False, return_dict=True)
    K.set_value(model.optimizer.lr, rate)
    return result["loss"]


def train_with_memory(model, windows, labels, epochs=2, batch_size=32):
    """Plain training loop; returns mean losses and the newest loss of every window."""
    optimizer = keras.optimizers.legacy.Adam(learning_rate=3e-3, decay=1e-4)
    memory = tf.Variable(tf.zeros([len(windows)]))
    mean_loss = keras.metrics.Mean()
    dataset = tf.data.Dataset.from_tensor_slices((windows, labels)).enumerate()

    @tf.function
    def step(index, window, label):
        with tf.GradientTape() as tape:
            losses = weighted_fault_loss(label, model(window, training=True))
            loss = tf.reduce_mean(losses) + tf.add_n(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        memory.scatter_nd_update(tf.expand_dims(index, 1), losses)
        mean_loss.update_state(loss)

    history = []
    for _ in range(epochs):
        mean_loss.reset_states()
        for index, (window, label) in dataset.shuffle(512).batch(batch_size):
            step(index, window, label)
        history.append(float(mean_loss.result().numpy()))
    return history, memory.numpy()


def describe_layers(model):
    """One line per layer: name, number of weights, metrics, whether it runs eagerly."""
    return [
        f"{layer.name}: {layer.count_params()} weights, {len(layer.metrics)} metrics"
        + (" (eager)" if layer.dynamic else "")
        for layer in model.layers
    ]


def save_monitor(model, directory):
    """Write the model as a SavedModel in `directory`."""
    model.save(f"{directory}/monitor")


def load_monitor(directory):
    """Load the monitor saved in `directory` for scoring."""
    from tensorflow.keras.models import load_model

    return load_model(f"{directory}/monitor", compile=False)
