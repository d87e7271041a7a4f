"""What is offered for a step besides the fix that is taken."""

from __future__ import annotations

import pytest

from k3ls.engine import check
from k3ls.rules.finding import Applicability, Fix
from k3ls.settings import Settings
from k3ls.text import Source, apply_edits

OWN_LOSS = """\
import keras
import tensorflow as tf


class Own(keras.Model):
    def train_step(self, data):
        inputs, y = data
        with tf.GradientTape() as tape:
            y_pred = self(inputs, training=True)
            # Squared
            loss = keras.ops.mean((y - y_pred) ** 2)  # averaged
            self._loss_tracker.update_state(loss)
        variables = self.trainable_variables
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return self.compute_metrics(inputs, y, y_pred)

    def call(self, inputs):
        return inputs
"""
OVERRIDDEN = """\
import keras
import tensorflow as tf


class Own(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        inputs = x
        # Squared
        loss = keras.ops.mean((y - y_pred) ** 2)  # averaged
        return loss

    def call(self, inputs):
        return inputs
"""
UNKNOWN = """\
import keras
import tensorflow as tf


class Own(keras.Model):
    @property
    def size(self):
        return 1

    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = self(data)
        return {"total": tape.jacobian(loss, self.trainable_variables)}
"""


def offered(text: str) -> tuple[Fix, ...]:
    (finding,) = check(Source.from_text(text), Settings(select=("K403",))).findings
    return finding.fixes


def applied(text: str, fix: Fix) -> str:
    return apply_edits(text.encode(), fix.edits).decode()


def test_the_loss_alone() -> None:
    portable, override = offered(OWN_LOSS)
    assert portable.title == "Write the steps for all backends"
    assert override.title == "Override `compute_loss` alone"
    assert applied(OWN_LOSS, override) == OVERRIDDEN


def test_the_step_of_keras() -> None:
    before, squared, after = OWN_LOSS.partition(
        "            # Squared\n            loss = keras.ops.mean((y - y_pred) ** 2)  # averaged\n"
    )
    text = f"{before}            loss = self.compute_loss(inputs, y, y_pred)\n{after}"
    assert squared
    _, removal = offered(text)
    assert removal.title == "Remove the step: Keras's own does the same"
    assert "train_step" not in applied(text, removal)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("inputs, y = data", "y, inputs = data  # the other way round"),
        ("self(inputs, training=True)", "self(y, training=True)"),
        ("        variables =", "        # What is trained\n        variables ="),
        ("        variables = self.", "        variables = self.head."),
        ("tape.gradient(loss, variables)", "tape.gradient(loss, variables[1:])"),
        ("self.optimizer.", "self.other."),
        ("return self.compute_metrics(inputs, y, y_pred)", 'return {"total": loss}'),
        ("    def call", "    def compute_loss(self, x): ...\n\n    def call"),
    ],
)
def test_more_than_the_loss(old: str, new: str) -> None:
    text = OWN_LOSS.replace(old, new)
    assert text != OWN_LOSS
    assert [fix.title for fix in offered(text)] == ["Write the steps for all backends"]


def test_a_beginning_for_each_backend() -> None:
    (fix,) = offered(UNKNOWN)
    assert fix.title == "Choose the step by the backend"
    assert fix.applicability is Applicability.DISPLAY
    text = applied(UNKNOWN, fix)
    todo = "# TODO: the tape is used for more than gradients of a loss: `tape.jacobian`."
    assert todo in text
    steps = ["train_step(self, *args)", "_jax_train_step(self, state, data)"]
    steps += ["_torch_train_step(self, data)", "_tensorflow_train_step(self, data)"]
    assert all(f"    def {step}:\n" in text for step in steps)
    assert text.replace("_tensorflow_", "").endswith(UNKNOWN[UNKNOWN.index("    def train_step") :])
    assert check(Source.from_text(text), Settings(select=("K403",))).findings == ()
