"""The measure on Keras's own examples: what it takes from docstrings, and how it compares."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from tools.docstring_examples import Example, blocks, examples, measure, outcomes, verdict

PROMPTS = """Do something.

>>> x = tf.constant([1.0,
...                  2.0])
>>> x.numpy()
array([1., 2.], dtype=float32)

Wrong things raise:

>>> scale("x")
Traceback (most recent call last):
...
TypeError: no text

>>> for one in np.arange(2):
...   scale(one)
"""
FENCED = """Do something.

Example:

  ```python
  def half(model):
    return Layer(model)
  ```

```
folder/
...file
```

```python
model.compile(loss="mse")
```

```python
>>> x = 1
```
"""


def test_prompts_are_one_script_without_errors() -> None:
    assert blocks(PROMPTS) == [
        "x = tf.constant([1.0,\n"
        "                 2.0])\n"
        "x.numpy()\n"
        "for one in np.arange(2):\n"
        "  scale(one)\n"
    ]


def test_fenced_python_is_a_script_each() -> None:
    assert blocks(FENCED) == [
        "x = 1\n",
        "def half(model):\n  return Layer(model)\n",
        'model.compile(loss="mse")\n',
    ]


def package() -> ModuleType:
    def scale() -> None: ...

    class Layer:
        def call(self) -> None: ...

        @property
        def size(self) -> None: ...

        def _hidden(self) -> None: ...

    scale.__doc__ = PROMPTS
    Layer.call.__doc__ = FENCED
    Layer.size.fget.__doc__ = ">>> x = 1"  # type: ignore[attr-defined]
    Layer._hidden.__doc__ = ">>> hidden = 1"
    root = ModuleType("package")
    scale.__module__ = Layer.__module__ = root.__name__
    for one in (Layer.call, Layer._hidden, Layer.size.fget):  # type: ignore[attr-defined]
        one.__module__ = root.__name__
    vars(root).update(scale=scale, also_scale=scale, Layer=Layer, other=pytest.fixture)
    return root


def test_examples_of_a_package_come_once_with_what_they_assume() -> None:
    found = {one.name: one.code for one in examples(package())}
    assert list(found) == [
        "keras.Layer.call",
        "keras.Layer.call:2",
        "keras.Layer.call:3",
        "keras.also_scale",
    ]
    assert found["keras.Layer.call"] == "x = 1\n"
    # Its `model` is a parameter.
    assert found["keras.Layer.call:2"].startswith("from tensorflow.keras import Layer\n\ndef half(")
    assert found["keras.Layer.call:3"] == (
        "from tensorflow import keras\n"
        "model = keras.Sequential([keras.layers.Dense(1)])\n"
        '\nmodel.compile(loss="mse")\n'
    )
    assert found["keras.also_scale"].splitlines()[:3] == [
        "import tensorflow as tf",
        "import numpy as np",
        "from tensorflow.keras import scale",
    ]


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        ({"error": "TypeError: no"}, "fail"),
        ({"values": {"x": {"dtype": "float32", "shape": [1], "numbers": [1.0]}}}, "agree"),
        ({"values": {"x": {"dtype": "float64", "shape": [1], "numbers": [1.0]}}}, "dtype"),
        ({"values": {"x": {"dtype": "float32", "shape": [1], "numbers": [2.0]}}}, "differ"),
        ({"values": {"x": {"value": None}}}, "none"),
        ({"values": {}}, "differ"),
    ],
)
def test_verdict(got: dict[str, Any], expected: str) -> None:
    values = {"x": {"dtype": "float32", "shape": [1], "numbers": [1.0]}}
    example = Example("name", "x = 1\n", keras2={"values": values})
    result, details = verdict(example, example.code, got)
    assert result == expected
    assert bool(details) == (expected != "agree")


def test_random_values_need_the_same_shape_and_dtype() -> None:
    values = {"x": {"dtype": "float32", "shape": [1], "numbers": [1.0]}}
    example = Example("name", "x = 1\n", keras2={"values": values}, random=["x"])
    other = {"dtype": "float32", "shape": [1], "numbers": [2.0]}
    assert verdict(example, example.code, {"values": {"x": other}})[0] == "agree"
    assert (
        verdict(example, example.code, {"values": {"x": {**other, "dtype": "float64"}}})[0]
        == "dtype"
    )
    longer = {"dtype": "float32", "shape": [2], "numbers": [2.0, 2.0]}
    assert verdict(example, example.code, {"values": {"x": longer}})[0] == "differ"


def test_expressions_that_a_fix_adds_are_passed_over() -> None:
    numbers = [{"value": one} for one in (1, 2, 9)]
    first = {"expression 1": numbers[0], "expression 2": numbers[1]}
    example = Example("name", "a.minimize()\nb\n", keras2={"values": first})
    fixed = "c()\na.iterations\nb\n"
    values = {"expression 1": numbers[2], "expression 2": numbers[0], "expression 3": numbers[1]}
    assert verdict(example, fixed, {"values": values})[0] == "agree"
    assert (
        verdict(example, fixed, {"values": {**values, "expression 3": numbers[0]}})[0] == "differ"
    )


@pytest.mark.keras
def test_an_example_that_ends_its_process_is_an_outcome() -> None:
    answers = outcomes([("import os; os._exit(3)", 1), ("1 / 0", 1), ("x = 2", 1)], "", keras2=True)
    assert answers == [
        {"values": {}, "error": "exit code 3"},
        {"values": {}, "error": "ZeroDivisionError: division by zero", "line": 1},
        {"values": {"x": {"value": 2}}},
    ]


@pytest.mark.keras
def test_examples_are_run_on_both_and_fixed() -> None:
    moved = Example(
        "moved",
        "import tensorflow as tf\n"
        "layer = tf.keras.layers.Layer()\n"
        "weight = layer.add_weight('weight', (2,), initializer='ones')\n"
        "tf.reduce_sum(weight)\n"
        "tf.random.normal((3,))\n"
        "undefined\n",
    )
    nothing = Example("nothing", "import os\nundefined\n")
    assert measure([moved, nothing]) == [moved]
    assert not moved.whole
    assert moved.keras2["values"].keys() == {"weight", "expression 1", "expression 2"}
    assert moved.random == ["expression 2"]
    assert moved.keras3 == {"unmodified": "fail", "fixed": "agree"}, moved.details
    assert len(moved.left) < len(moved.found)
