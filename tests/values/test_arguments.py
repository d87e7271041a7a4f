"""Each row of arguments.toml by its example: a call that Keras 3 refuses, or understands in another
way, until it is fixed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomlkit

import k3ls
from k3ls.engine import fix
from k3ls.settings import Settings
from k3ls.text import Source
from tools.execute import compare, execute

pytestmark = pytest.mark.keras

SETUP = """
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.ops = getattr(keras, "ops", tf)
x, y = np.ones((4, 2), "float32"), np.ones((4, 1), "float32")
model = keras.Sequential([keras.layers.Dense(1, kernel_initializer="ones", input_shape=(2,))])
model.compile("sgd", "mse")

def steps(optimizer):
    make = getattr(keras, "Variable", tf.Variable)
    variable = make(np.ones(2, "float32"))
    for _ in range(101):
        optimizer.apply_gradients([(tf.constant([0.1, 0.2]), variable)])
    return tf.convert_to_tensor(variable)

def iou(metric):
    metric.update_state([0, 0, 1, 1], [0, 1, 0, 1], [0.3, 0.3, 0.3, 0.1])
    return np.asarray(metric.result())
"""
# The value of an example, if it is one that can be compared.
RESULT = """
result = result if type(result).__name__ in ("EagerTensor", "ndarray", "float", "str") else 0
"""


def rows() -> list[dict[str, Any]]:
    path = Path(k3ls.__file__).parent / "knowledge/arguments.toml"
    found = tomlkit.parse(path.read_text("utf-8")).unwrap()["argument"]
    return [row for row in found if "example" in row]


def outcomes(examples: list[str], rule: str) -> list[list[dict[str, Any]]]:
    """What each example gives on Keras 2, on Keras 3, and on Keras 3 after the rule's fixes."""
    scripts = [f"{SETUP}result = {example}\n" for example in examples]
    fixed = [
        fix(Source.from_text(script), Settings(select=(rule,)), unsafe=True).source.text
        for script in scripts
    ]
    return [
        execute([script + RESULT for script in scripts], "tensorflow", keras2=True),
        execute([script + RESULT for script in scripts], "tensorflow"),
        execute([script + RESULT for script in fixed], "tensorflow"),
    ]


def test_examples_fail_on_keras3_and_agree_once_fixed() -> None:
    examples = [row["example"] for row in rows() if "default" not in row and "changed" not in row]
    for example, old, raw, new in zip(examples, *outcomes(examples, "K105"), strict=True):
        assert "error" not in old, (example, old)
        assert "error" in raw, example
        assert "error" not in new, (example, new)
        assert compare(old["result"], new["result"]) == "agree", example


def test_examples_differ_on_keras3_and_agree_once_fixed() -> None:
    found = [row for row in rows() if "default" in row or "changed" in row]
    given = outcomes([row["example"] for row in found], "K109")
    for row, old, raw, new in zip(found, *given, strict=True):
        example = row["example"]
        assert "error" not in old, (example, old)
        assert "error" in raw or compare(old["result"], raw["result"]) != "agree", example
        if "default" in row or any(row["changed"].values()):
            assert "error" not in new, (example, new)
            assert compare(old["result"], new["result"]) == "agree", example


def test_every_changed_default_has_an_example() -> None:
    path = Path(k3ls.__file__).parent / "knowledge/arguments.toml"
    for row in tomlkit.parse(path.read_text("utf-8")).unwrap()["argument"]:
        assert "example" in row or not ("default" in row or "changed" in row), row
