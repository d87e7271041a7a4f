"""Run pieces of code on one backend; the other half of `tools.execute`.

Reads a JSON list of sources from the standard input, executes each, and writes for each a JSON
line: the values of its variable `result`, or the error it raised. The backend is `KERAS_BACKEND`.
"""

from __future__ import annotations

import json
import linecache
import sys
import traceback
from typing import Any

import keras
import numpy as np


def described(value: Any) -> Any:
    """A value as JSON: arrays as their dtype, shape and numbers, structures as they are."""
    if isinstance(value, dict):
        return {"dict": {str(key): described(one) for key, one in value.items()}}
    if isinstance(value, (list, tuple)):
        return {"items": [described(one) for one in value]}
    if isinstance(value, (str, bool, int, float, type(None))):
        return {"value": value}
    if hasattr(value, "numpy") and not hasattr(value, "detach"):
        array = np.asarray(value.numpy())
    else:
        array = np.asarray(keras.ops.convert_to_numpy(value))
    if array.dtype == object or array.dtype.kind in "SU":
        return {"value": [str(one) for one in array.ravel().tolist()]}
    dtype = str(array.dtype)
    if array.dtype.kind == "c":
        array = np.stack([array.real, array.imag])
    numbers = array.astype("float64").ravel().tolist()
    return {"dtype": dtype, "shape": list(array.shape), "numbers": numbers}


def run(source: str) -> dict[str, Any]:
    """The value of `result` after executing `source`, or its error."""
    scope: dict[str, Any] = {"__name__": "case"}
    # AutoGraph reads the source.
    linecache.cache["<case>"] = (len(source), None, source.splitlines(keepends=True), "<case>")
    try:
        exec(compile(source, "<case>", "exec"), scope)
        return {"result": described(scope["result"])}
    except Exception as error:  # noqa: BLE001 - whatever a case raises is its outcome
        last = traceback.extract_tb(error.__traceback__)[-1]
        return {"error": f"{type(error).__name__}: {error} ({last.name})"}


def main() -> None:
    out = sys.stdout
    # What libraries print must not get between the answers.
    sys.stdout = sys.stderr
    for source in json.load(sys.stdin):
        out.write(json.dumps(run(source)) + "\n")


if __name__ == "__main__":
    main()
