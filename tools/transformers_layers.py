"""Layers of real models: what they compute on Keras 2, and once fixed on Keras 3.

The TensorFlow files of transformers are fixed, the library's own helpers among them; its hub and
its tokenizers are stubbed. Each layer that can be made with a small configuration and called with
tensors is run on true Keras 2, and with the same weights and inputs on Keras 3.

`python -m tools.transformers_layers` prints, by backend, how many layers agree within 1e-5, and
those that don't; `--only bert` takes the model files whose name matches.
"""

from __future__ import annotations

import argparse
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tools import keras2
from tools.execute import ROOT
from tools.sources import TRANSFORMERS, fetch

TOLERANCE = 1e-5
# The files beside the models that hold the helpers of their layers.
_HELPERS = ("activations_tf.py", "modeling_tf_utils.py", "modeling_tf_outputs.py", "tf_utils.py")


@dataclass
class Comparison:
    """How the layers of one backend compare to those of Keras 2.

    Attributes:
        agreeing: those that give the same.
        differing: the largest difference by the layer's name.
        failing: the error by the layer's name.
    """

    agreeing: list[str] = field(default_factory=list)
    differing: dict[str, float] = field(default_factory=dict)
    failing: dict[str, str] = field(default_factory=dict)

    @property
    def models(self) -> Counter[str]:
        """How many layers agree, by model file."""
        return Counter(name.partition(".")[0] for name in self.agreeing)


def compare_layers(
    modules: str = "", backends: Sequence[str] = ("tensorflow", "jax")
) -> dict[str, Comparison]:
    """Run the layers of the model files whose name matches `modules`, by backend.

    Raises:
        subprocess.CalledProcessError: the package can't be downloaded or fixed.
        RuntimeError: Keras 2 can't be had.
    """
    package = fetch(TRANSFORMERS)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        work = Path(folder)
        first = pool.submit(_run, str(keras2.python()), package, modules, work / "keras2")
        fixed = _fixed(package, work / "fixed")
        expected = first.result()
        outcomes = {
            backend: pool.submit(
                _run,
                sys.executable,
                fixed,
                modules,
                work / backend,
                work / "keras2",
                KERAS_BACKEND=backend,
            )
            for backend in backends
        }
        return {
            backend: _compared(expected, outcome.result()) for backend, outcome in outcomes.items()
        }


def _fixed(package: Path, target: Path) -> Path:
    """A copy of the package in which the files of its TensorFlow models are fixed."""
    name = TRANSFORMERS.partition("==")[0]
    shutil.copytree(package / name, target / name)
    paths = [
        *target.glob("*/models/*/modeling_tf_*.py"),
        *(target / name / one for one in _HELPERS),
    ]
    command = [sys.executable, "-m", "k3ls", "fix", "--unsafe-fixes", *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return target


def _run(
    python: str, root: Path, modules: str, out: Path, *before: Path, **environment: str
) -> dict[str, Any]:
    command = [python, "-m", "tools.run_layers", str(root), modules, str(out), *map(str, before)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            **{"USE_TF": "1", "USE_TORCH": "0", "USE_JAX": "0"},
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "",
            "JAX_PLATFORMS": "cpu",
            **environment,
        },
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stderr[-4000:]}")
    outcome: dict[str, Any] = pickle.loads(out.read_bytes())
    return outcome


def _compared(expected: dict[str, Any], got: dict[str, Any]) -> Comparison:
    found = Comparison()
    for name, before in expected.items():
        if "error" in before:
            # It can't be made or called as the others can.
            continue
        module = name.partition(".")[0]
        after = got.get(name) or got.get(module) or {"error": "it is gone"}
        if "error" in after:
            found.failing[name] = after["error"]
            continue
        difference = _difference(before["outputs"], after["outputs"])
        if difference <= TOLERANCE:
            found.agreeing.append(name)
        else:
            found.differing[name] = difference
    return found


def _difference(expected: list[Any], got: list[Any]) -> float:
    """The largest difference in proportion to the largest number, infinite for other shapes."""
    if [one.shape for one in expected] != [one.shape for one in got]:
        return float("inf")
    return max(
        float(np.abs(one - other.astype(one.dtype)).max(initial=0))
        / max(1.0, float(np.abs(one).max(initial=0)))
        for one, other in (
            (before.astype("float64"), after) for before, after in zip(expected, got, strict=True)
        )
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a regular expression for model files")
    parser.add_argument("--backends", nargs="+", default=["tensorflow", "jax", "torch"])
    options = parser.parse_args()
    done = compare_layers(options.only, options.backends)
    for backend, found in done.items():
        for name, difference in found.differing.items():
            print(f"{backend}: {name} differs by {difference:.2g}")
        for name, error in found.failing.items():
            print(f"{backend}: {name}: {error}")
    for backend, found in done.items():
        tried = len(found.agreeing) + len(found.differing) + len(found.failing)
        print(
            f"{backend}: {len(found.agreeing)} of {tried} layers agree,"
            f" of {len(found.models)} models"
        )
    return int(any(found.differing for found in done.values()))


if __name__ == "__main__":
    sys.exit(main())
