"""Write k3ls/knowledge/strings.json: the strings by which Keras knows its own, and what changed.

Keras takes a loss, an initializer and the like by name. This program gives every name that Keras 2
(`tf_keras`) takes to both generations, compares what they compute, and looks in Keras 3 for a name
that gives the same values as one that is gone or means something else now. `python -m
tools.build_strings` writes the file; `--check` only says whether it would differ.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from tools.execute import compare, execute

TARGET = Path(__file__).parent.parent / "k3ls/knowledge/strings.json"

# Where Keras looks a name up differs: globals, registries, dicts in a function.
NAMES = """
import inspect, sys

def names(area):
    package = getattr(keras, area)
    function = inspect.unwrap(package.get)
    module = sys.modules[function.__module__]
    if hasattr(module, "populate_deserializable_objects"):
        module.populate_deserializable_objects()
    known = {*dir(package), *vars(module), *getattr(module, "ALL_OBJECTS_DICT", ())}
    known |= set(getattr(getattr(module, "LOCAL", None), "ALL_OBJECTS", ()))
    for constant in inspect.unwrap(package.deserialize).__code__.co_consts:
        known |= set(constant if isinstance(constant, tuple) else [constant])
    return sorted(name for name in known if isinstance(name, str) and name.isidentifier())

result = {area: names(area) for area in AREAS}
"""

# Layers that Keras 2 makes of a name where it takes an activation.
LAYERS = """
def taken(name):
    try:
        return isinstance(keras.activations.get(name), keras.layers.Layer)
    except Exception:
        return False

result = [name for name in sorted(dir(keras.layers)) if taken(name)]
"""

# What stands beside them there and names nothing.
OTHERS = frozenset(
    "get serialize deserialize serialize_keras_object deserialize_keras_object keras_export".split()
)

# What is computed with a name, by area.
VALUES = {
    "activation": "result = keras.activations.get(NAME)(as_tensor(matrix))",
    "constraint": "result = keras.constraints.get(NAME)(as_tensor(matrix))",
    "initializer": """
one = keras.initializers.get(NAME)
first, second = as_array(one(shape=(3, 3))), as_array(one(shape=(3, 3)))
fixed = (first == second).all() and type(one).__name__ in ("Zeros", "Ones", "Identity", "Constant")
config = {key: value for key, value in one.get_config().items() if value is not None}
result = [first] if fixed else [type(one).__name__, config]
""",
    "loss": """
loss = keras.losses.get(NAME)
result = [attempt(lambda: as_array(loss(as_tensor(y), as_tensor(p)))) for y, p in targets]
""",
    "metric": """
def value(y, p):
    model = keras.Sequential([keras.Input((p.shape[1],)), keras.layers.Activation("linear")])
    loss = "mse" if y.dtype == "float32" else "sparse_categorical_crossentropy"
    model.compile(loss=loss, metrics=[NAME], run_eagerly=True)
    values = model.evaluate(p, y, verbose=0, return_dict=True)
    return as_array(next(one for key, one in values.items() if key != "loss"))
result = [attempt(lambda: value(y, p)) for y, p in targets]
""",
    "optimizer": """
optimizer = keras.optimizers.get(NAME)
variable = tf.Variable([1.0, -2.0]) if keras.__version__ < "3" else keras.Variable([1.0, -2.0])
for step in (0.1, -0.3):
    optimizer.apply_gradients([(tf.constant([step, 0.5]), variable)])
result = variable.numpy()
""",
    "regularizer": "result = keras.regularizers.get(NAME)(as_tensor(matrix))",
}
PACKAGES = {
    "activation": "activations",
    "constraint": "constraints",
    "initializer": "initializers",
    "loss": "losses",
    "metric": "metrics",
    "optimizer": "optimizers",
    "regularizer": "regularizers",
}
PRELUDE = """
import numpy as np
import tensorflow as tf

matrix = np.array([[-3.0, -0.7, 0.4], [0.2, 1.5, 7.0], [2.6, -1.2, 0.9]], "float32")
one_hot = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0]], "float32")
likely = np.array([[.7, .1, .2], [.3, .6, .1], [.5, .1, .4], [.2, .2, .6]], "float32")
yes_no = np.array([[1], [0], [1], [1]], "float32")
maybe = np.array([[.8], [.3], [.4], [1]], "float32")
targets = [(one_hot, likely), (yes_no, maybe), (np.array([[0], [1], [1], [0]]), likely)]

def as_tensor(array):
    return tf.convert_to_tensor(array)

def as_array(value):
    return np.asarray(value, "float32")

def attempt(function):
    try:
        return function()
    except Exception as error:
        return type(error).__name__
"""


def build() -> dict[str, Any]:
    """The contents of strings.json."""
    asking = f"AREAS = {sorted(PACKAGES.values())!r}\n{NAMES}"
    (old_names,) = execute([f"import tf_keras as keras\n{asking}"], "tensorflow", keras2=True)
    (new_names,) = execute([f"import keras\n{asking}"], "tensorflow")
    old = _values(old_names["result"], keras2=True)
    new = _values(new_names["result"], keras2=False, also=old)
    renamed: dict[str, dict[str, str | None]] = {}
    differing: dict[str, list[str]] = {}
    for area, values in old.items():
        for name, value in values.items():
            there = new[area].get(name)
            if there is not None and _same(value, there):
                continue
            same = [other for other, one in new[area].items() if _same(value, one)]
            if same or there is None:
                renamed.setdefault(area, {})[name] = _nearest(name, same)
            else:
                differing.setdefault(area, []).append(name)
    known = {
        area: sorted(set().union(*(_listed(one["result"], area) for one in (old_names, new_names))))
        for area in VALUES
    }
    (layers,) = execute([f"import tf_keras as keras\n{LAYERS}"], "tensorflow", keras2=True)
    return {
        "renamed": renamed,
        "differing": differing,
        "known": known,
        "layers": [one["value"] for one in layers["result"]["items"]],
    }


def _listed(described: Any, area: str) -> set[str]:
    """The names that stand where a generation looks."""
    return {one["value"] for one in described["dict"][PACKAGES[area]]["items"]} - OTHERS


def _values(
    described: Any, *, keras2: bool, also: dict[str, dict[str, Any]] | None = None
) -> dict[str, dict[str, Any]]:
    """What each name that is taken gives, by area; names of `also` are tried too."""
    package = "tf_keras as keras" if keras2 else "keras"
    cases: list[tuple[str, str, str]] = []
    for area, code in VALUES.items():
        cases += (
            (area, name, f"import {package}\n{PRELUDE}\nNAME = {name!r}\n{code}")
            for name in sorted(_listed(described, area) | set((also or {}).get(area, ())) - OTHERS)
        )
    outcomes = execute([code for _, _, code in cases], "tensorflow", keras2=keras2)
    found: dict[str, dict[str, Any]] = {}
    for (area, name, _), outcome in zip(cases, outcomes, strict=True):
        if "result" in outcome and _means_something(outcome["result"]):
            found.setdefault(area, {})[name] = outcome["result"]
    return found


def _means_something(value: Any) -> bool:
    """Whether some sample gave more than an error's name."""
    return not all(map(_is_error, value.get("items", [value])))


def _same(one: Any, other: Any) -> bool:
    """Whether two names compute the same; samples that only one of them takes don't count."""
    if "items" not in one:
        return _agree(one, other)
    pairs = list(zip(one["items"], other.get("items", ()), strict=False))
    both = [pair for pair in pairs if not any(map(_is_error, pair))]
    return bool(both) and all(_agree(old, new) for old, new in both)


def _is_error(outcome: Any) -> bool:
    return isinstance(outcome.get("value"), str) and outcome["value"].endswith("Error")


def _agree(one: Any, other: Any) -> bool:
    return compare(one, other) in ("agree", "dtype")


def _nearest(name: str, others: Iterable[str]) -> str | None:
    """The name that is spelled most like `name`, in lower case if there is one."""

    def likeness(other: str) -> tuple[bool, float, str]:
        return other.islower(), SequenceMatcher(None, name.lower(), other).ratio(), other

    return max(others, key=likeness, default=None)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on a change")
    options = parser.parse_args()
    text = json.dumps(build(), indent=1, sort_keys=True) + "\n"
    if options.check:
        return int(TARGET.read_text("utf-8") != text)
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
