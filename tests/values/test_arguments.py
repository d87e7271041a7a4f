"""Each row of arguments.toml by its example: a call that Keras 3 refuses until it is fixed."""

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
"""
# The value of an example, if it is one that can be compared.
RESULT = """
result = result if type(result).__name__ in ("EagerTensor", "ndarray", "float") else 0
"""


def rows() -> list[dict[str, Any]]:
    path = Path(k3ls.__file__).parent / "knowledge/arguments.toml"
    found = tomlkit.parse(path.read_text("utf-8")).unwrap()["argument"]
    return [row for row in found if "example" in row]


def test_examples_fail_on_keras3_and_agree_once_fixed() -> None:
    examples = [row["example"] for row in rows()]
    scripts = [f"{SETUP}result = {example}\n" for example in examples]
    fixed = [
        fix(Source.from_text(script), Settings(select=("K105",))).source.text for script in scripts
    ]
    keras2 = execute([script + RESULT for script in scripts], "tensorflow", keras2=True)
    unfixed = execute([script + RESULT for script in scripts], "tensorflow")
    keras3 = execute([script + RESULT for script in fixed], "tensorflow")
    for example, old, raw, new in zip(examples, keras2, unfixed, keras3, strict=True):
        assert "error" not in old, (example, old)
        assert "error" in raw, example
        assert "error" not in new, (example, new)
        assert compare(old["result"], new["result"]) == "agree", example
