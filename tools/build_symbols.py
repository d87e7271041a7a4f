"""Write k3ls/knowledge/symbols.json: every public Keras name, and where it is in Keras 3.

Walks the installed Keras 2 (`tf_keras`), Keras 3 (`keras`) and TensorFlow's compatibility
namespace (`tf.keras` with Keras 3 installed). Run it as `python -m tools.build_symbols`.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

TARGET = Path(__file__).parent.parent / "k3ls/knowledge/symbols.json"


def public_names(root: ModuleType) -> dict[str, Any]:
    """Every public object below the package `root`, by its path under `keras`."""
    package = root.__name__.split(".")[0]
    found: dict[str, Any] = {"keras": root}

    def visit(module: ModuleType, path: str, around: tuple[ModuleType, ...]) -> None:
        for name in dir(module):
            value = None if name.startswith("_") else getattr(module, name, None)
            if value is None:
                continue
            if inspect.ismodule(value):
                inside = value.__name__.split(".")[0] == package and ".src" not in value.__name__
                if not inside or value in around or "protobuf" in value.__name__:
                    continue
                visit(value, f"{path}.{name}", (*around, value))
            found[f"{path}.{name}"] = value

    visit(root, "keras", (root,))
    return found


def kind_of(value: Any) -> str:
    if inspect.ismodule(value):
        return "module"
    if inspect.isclass(value):
        return "class"
    return "function" if callable(value) else "value"


def build() -> dict[str, Any]:
    """The contents of symbols.json."""
    keras2 = importlib.import_module("tf_keras")
    keras3 = importlib.import_module("keras")
    tensorflow = importlib.import_module("tensorflow")
    old, new = public_names(keras2), public_names(keras3)
    compatible = public_names(tensorflow.keras)
    symbols: dict[str, Any] = {}
    for path in sorted({*old, *new, *compatible}):
        value = old[path] if path in old else new.get(path, compatible.get(path))
        row: dict[str, Any] = {"kind": kind_of(value)}
        row["in"] = "".join(
            letter for letter, names in (("2", old), ("3", new), ("c", compatible)) if path in names
        )
        if inspect.isclass(value):
            names = old if path in old else new
            row["bases"] = bases(value, names)
        symbols[path] = row
    return {
        "tf_keras": keras2.__version__,
        "keras": keras3.__version__,
        "tensorflow": tensorflow.__version__,
        "symbols": symbols,
    }


def bases(value: type, names: dict[str, Any]) -> list[str]:
    """The shortest public paths of the class and of every public class it derives from."""
    paths: dict[int, str] = {}
    for path, other in names.items():
        best = paths.get(id(other))
        if best is None or (len(path), path) < (len(best), best):
            paths[id(other)] = path
    return [paths[id(base)] for base in value.__mro__ if id(base) in paths]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on a change")
    options = parser.parse_args()
    text = json.dumps(build(), separators=(",", ":"), sort_keys=True) + "\n"
    if options.check:
        return int(TARGET.read_text("utf-8") != text)
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
