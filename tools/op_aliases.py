"""The further names of a TensorFlow op: in other public packages, in TensorFlow 1's, and in the
private modules that published code imports ops from."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

_PACKAGES = "math nn linalg dtypes random image signal bitwise debugging sets nest".split()
_PRIVATE = (
    "ops.array_ops ops.bitwise_ops ops.check_ops ops.clip_ops ops.control_flow_ops"
    " ops.functional_ops ops.gradients ops.gradients_impl ops.image_ops ops.linalg_ops"
    " ops.logging_ops ops.manip_ops ops.map_fn ops.math_ops ops.nn ops.nn_impl ops.nn_ops"
    " ops.random_ops ops.script_ops ops.sort_ops ops.state_ops ops.special_math_ops"
    " framework.constant_op framework.ops framework.random_seed framework.tensor_util"
    " eager.context util.nest"
).split()
# Modules of today that were part of another one.
_PARTS = {
    "ops.array_ops": ["ops.array_ops_stack"],
    "ops.control_flow_ops": [
        "ops.cond",
        "ops.control_flow_assert",
        "ops.control_flow_case",
        "ops.control_flow_switch_case",
        "ops.while_loop",
    ],
    "framework.ops": ["framework.tensor_conversion"],
}
# TensorFlow 1's `where` takes a vector for the choice of rows.
_OTHERS = {"where"}

# The same arguments under other names, or the same function under a name that went.
_ALSO = {
    "tensorflow.zeros_like": ["compat.v1.zeros_like", "python.ops.array_ops.zeros_like"],
    "tensorflow.ones_like": ["compat.v1.ones_like", "python.ops.array_ops.ones_like"],
    "tensorflow.multiply": ["python.ops.math_ops.mul", "compat.v1.mul"],
    "tensorflow.subtract": ["python.ops.math_ops.sub", "compat.v1.sub"],
    "tensorflow.cond": ["python.framework.smart_cond.smart_cond"],
    "tensorflow.negative": ["compat.v1.neg"],
}


def aliases(functions: dict[str, Callable[..., Any]]) -> dict[str, list[str]]:
    """The qualified names that the ops of `functions`, by qualified name, also go by.

    The same object is the same op. So is one of TensorFlow 1 or of a private module that has the
    name and takes the same arguments, perhaps with older names for some behind them.
    """
    by_identity = {id(function): name for name, function in functions.items()}
    by_name: dict[str, list[str]] = {}
    for name in functions:
        by_name.setdefault(name.rpartition(".")[2], []).append(name)
    found = {
        name: [f"tensorflow.{one}" for one in also]
        for name, also in _ALSO.items()
        if name in functions
    }
    seen = {*functions, *chain.from_iterable(found.values())}
    for path, function in _all_functions():
        if path in seen:
            continue
        package, _, last = path.removeprefix("tensorflow.").rpartition(".")
        alike = [
            name
            for name in by_name.get(last, ())
            if package.startswith(("compat.v1", "python."))
            and last not in _OTHERS
            and _same_place(package, name)
            and _takes_the_same(function, functions[name])
        ]
        op = by_identity.get(id(function)) or (alike[0] if alike else None)
        if op is not None:
            seen.add(path)
            found.setdefault(op, []).append(path)
    return found


def _all_functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    import tensorflow as tf

    places = [("", tf), ("compat.v1", tf.compat.v1)]
    for name in _PACKAGES:
        places.append((name, getattr(tf, name)))
        if hasattr(tf.compat.v1, name):
            places.append((f"compat.v1.{name}", getattr(tf.compat.v1, name)))
    for name in _PRIVATE:
        for part in (name, *_PARTS.get(name, ())):
            module = importlib.import_module(f"tensorflow.python.{part}")
            places.append((f"python.{name}", module))
    for path, module in places:
        for name in dir(module):
            function = getattr(module, name, None)
            if not name.startswith("_") and callable(function):
                yield ".".join(filter(None, ("tensorflow", path, name))), function


def _same_place(package: str, name: str) -> bool:
    """Whether a package may have the op `name`: `compat.v1.nn` none of `tensorflow.math`."""
    if package.startswith("python."):
        return True
    wanted = package.removeprefix("compat.v1").lstrip(".")
    return wanted == ".".join(name.split(".")[1:-1])


def _takes_the_same(function: Callable[..., Any], op: Callable[..., Any]) -> bool:
    older, wanted = (_parameters(one) for one in (function, op))
    if older is None or wanted is None or len(older) < len(wanted):
        return False
    if wanted and older[0][0] not in dict(wanted):
        # Another name of what nearly always comes by position.
        older[0] = wanted[0]
    return all(
        first[0] == second[0] and first[1] in (None, inspect.Parameter.empty, second[1])
        for first, second in zip(older, wanted, strict=False)
    )


def _parameters(function: Callable[..., Any]) -> list[tuple[str, Any]] | None:
    """The parameters with their defaults, but for the name that an op has in a graph."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    return [(one.name, one.default) for one in signature.parameters.values() if one.name != "name"]
