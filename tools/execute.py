"""Execute pieces of code on the backends of Keras 3 and on Keras 2, and compare what they give."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


def execute(
    sources: Sequence[str],
    backend: str,
    *,
    keras2: bool = False,
    python: str | Path = sys.executable,
) -> list[dict[str, Any]]:
    """Run each of `sources` in one process of `python` on `backend`.

    Each source leaves its outcome in a variable `result`. With `keras2`, `tf.keras` is Keras 2.
    Gives `{"result": …}` or `{"error": message}` for each.

    Raises:
        RuntimeError: the process died.
    """
    environment = {
        **os.environ,
        "KERAS_BACKEND": backend,
        "TF_USE_LEGACY_KERAS": "1" if keras2 else "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "JAX_PLATFORMS": "cpu",
    }
    done = subprocess.run(
        [python, "-m", "tools.run_code"],
        input=json.dumps(list(sources)),
        capture_output=True,
        text=True,
        env=environment,
        cwd=ROOT,
        check=False,
    )
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(outcomes) != len(sources):
        raise RuntimeError(f"{backend}: exit code {done.returncode}\n{done.stderr[-4000:]}")
    return outcomes


def compare(expected: Any, got: Any, tolerance: float = 1e-5) -> str:
    """`agree`, `dtype` (the same values in another dtype), `type` (the same values as Python
    numbers where there was a tensor) or `differ`."""
    if "numbers" in expected and "numbers" not in got:
        numbers = _numbers(got)
        same = numbers is not None and len(numbers) == len(expected["numbers"])
        return "type" if same and numbers == expected["numbers"] else "differ"
    if "items" in expected and "items" in got:
        if len(expected["items"]) != len(got["items"]):
            return "differ"
        pairs = zip(expected["items"], got["items"], strict=True)
        return worst(compare(one, other, tolerance) for one, other in pairs)
    if "dict" in expected and "dict" in got:
        if expected["dict"].keys() != got["dict"].keys():
            return "differ"
        return worst(
            compare(expected["dict"][key], got["dict"][key], tolerance) for key in expected["dict"]
        )
    if "value" in expected and "value" in got:
        one, other = expected["value"], got["value"]
        same = one == other or (
            isinstance(one, float) and isinstance(other, float) and _close(one, other, tolerance)
        )
        return "agree" if same else "differ"
    if "numbers" in expected and "numbers" in got:
        same = expected["shape"] == got["shape"] and all(
            _close(one, other, tolerance)
            for one, other in zip(expected["numbers"], got["numbers"], strict=True)
        )
        if not same:
            return "differ"
        return "agree" if expected["dtype"] == got["dtype"] else "dtype"
    return "differ"


def _numbers(described: Any) -> list[float] | None:
    """The Python numbers in a described value, None if there are others."""
    parts = described.get("items", [described])
    values = [part.get("value") for part in parts]
    return values if all(isinstance(value, (int, float)) for value in values) else None


def worst(outcomes: Any) -> str:
    """The worst of several outcomes, `agree` for none."""
    order = ("agree", "dtype", "type", "differ", "fail")
    return max(outcomes, key=order.index, default="agree")


def _close(one: float, other: float, tolerance: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return one == other or abs(one - other) <= tolerance * max(1.0, abs(one))
