"""A step that becomes `compute_loss`, or goes: what it computes on every backend."""

from __future__ import annotations

import pytest

from k3ls.engine import check, fix
from k3ls.knowledge.ops import BACKENDS
from k3ls.settings import Settings
from k3ls.text import Source, apply_edits
from tools.execute import compare, execute

pytestmark = pytest.mark.keras

SCRIPT = """\
import numpy as np
import tensorflow as tf
from tensorflow import keras

x = np.linspace(-1, 1, 40).reshape(10, 4).astype("float32")
y = (x.sum(axis=1, keepdims=True) * 0.3).astype("float32")


class Own(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            LOSS
        variables = self.trainable_variables
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        self.compiled_metrics.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


inputs = keras.Input((4,))
outputs = keras.layers.Dense(1, kernel_initializer="ones", kernel_regularizer="l2")(inputs)
model = Own(inputs, outputs)
model.compile(keras.optimizers.SGD(0.05, momentum=0.9), "mse", metrics=["mae"])
history = model.fit(x, y, batch_size=4, epochs=2, shuffle=False, verbose=0).history
result = {
    "weights": [np.array(one) for one in model.get_weights()],
    "mae": np.array(history["mae"]),
}
"""
LOSSES = {
    "Override `compute_loss` alone": "loss = tf.reduce_mean(tf.abs(y - y_pred) ** 3)",
    "Remove the step: Keras's own does the same": (
        "loss = self.compiled_loss(y, y_pred, regularization_losses=self.losses)"
    ),
}


def fixed(text: str, title: str) -> str:
    """The script with all fixes but the first for the step, for which the other is taken."""
    once = fix(Source.from_text(text), Settings(ignore=("K403",)), unsafe=True).source
    (finding,) = check(once, Settings(select=("K403",))).findings
    (chosen,) = (one for one in finding.fixes if one.title == title)
    done = once.with_data(apply_edits(once.data, chosen.edits))
    return fix(done, unsafe=True).source.text


@pytest.mark.parametrize("backend", BACKENDS)
def test_same_values(backend: str) -> None:
    scripts = {title: SCRIPT.replace("LOSS", loss) for title, loss in LOSSES.items()}
    before = execute(list(scripts.values()), "tensorflow", keras2=True)
    after = [fixed(text, title) for title, text in scripts.items()]
    assert all("GradientTape" not in text for text in after)
    outcomes = execute(after, backend)
    for expected, outcome in zip(before, outcomes, strict=True):
        assert "error" not in expected, expected
        assert "error" not in outcome, outcome
        assert compare(expected["result"], outcome["result"]) == "agree"
