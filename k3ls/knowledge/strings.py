"""Strings by which Keras knows its own: losses, initializers and the like.

The data is written by `tools/build_strings.py`, which runs every such string on both generations.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from k3ls.knowledge.symbols import Symbol, data, symbol

# Where Keras looks for the string, by what is asked for.
_PACKAGES = {
    "activation": "keras.activations",
    "constraint": "keras.constraints",
    "initializer": "keras.initializers",
    "loss": "keras.losses",
    "metric": "keras.metrics",
    "optimizer": "keras.optimizers",
    "regularizer": "keras.regularizers",
}
# Metrics that `compile` chooses by the shapes.
_BY_SHAPE = frozenset(("accuracy", "acc", "crossentropy", "ce"))


def area_of_parameter(parameter: str) -> str | None:
    """What the strings that are given for a parameter of this name stand for: `loss`, `metric`,
    `activation`, `optimizer`, `initializer`, `regularizer`, `constraint`; None for other strings.
    """
    last = parameter.rpartition("_")[2]
    if last in ("activation", "constraint", "initializer", "regularizer"):
        return last
    if parameter in ("metrics", "weighted_metrics"):
        return "metric"
    return parameter if parameter in ("loss", "optimizer") else None


def area_of_package(package: str) -> str | None:
    """What the strings that are given to `get` of a package (`keras.losses`) stand for."""
    return next((area for area, path in _PACKAGES.items() if path == package), None)


def is_unknown(area: str, value: str) -> bool:
    """Whether Keras 2 takes the string and Keras 3 doesn't, or not for the same."""
    return value in _data()["renamed"].get(area, {})


def is_custom(area: str, value: str) -> bool:
    """Whether neither generation has anything of this name."""
    known = {*_data()["known"][area], *_BY_SHAPE, *_data()["layers"]}
    return value not in known


def is_layer(area: str, value: str) -> bool:
    """Whether Keras 2 makes a layer of a string that is given for an activation."""
    return area == "activation" and value in _data()["layers"]


def renamed_string(area: str, value: str) -> str | None:
    """What Keras 3 calls what Keras 2 knows by this string, None if it has no other name."""
    found: str | None = _data()["renamed"].get(area, {}).get(value)
    return found


def differs(area: str, value: str) -> bool:
    """Whether both generations take the string, and compute something else."""
    return value in _data()["differing"].get(area, ())


def named_by_string(area: str, value: str) -> Symbol | None:
    """The public name that the string means in Keras 2, None if there is none."""
    package = _PACKAGES[area]
    if area == "metric" and value in _BY_SHAPE:
        return None
    wanted = value.replace("_", "").lower()
    same = (
        path
        for path in data()["symbols"]
        if path.startswith(f"{package}.")
        and path.count(".") == 2
        and path.rpartition(".")[2].replace("_", "").lower() == wanted
    )
    return symbol(f"{package}.{value}") or symbol(next(same, ""))


@cache
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        files("k3ls.knowledge").joinpath("strings.json").read_text("utf-8")
    )
    return loaded
