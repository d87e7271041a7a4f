"""Print the public names of installed packages as JSON; `tools.build_neighbours` runs it.

    python -m tools.walk_package tensorflow_addons

By qualified name: the kind, and the parameters where Python tells them. What a package took from
others isn't its own, and of its modules only those count that it offers beside its packages.
"""

from __future__ import annotations

import importlib
import inspect
import json
import sys
import typing
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from tools.walk_api import kind_of, parameters


def public(module: ModuleType, path: str) -> Iterator[tuple[str, Any]]:
    """What the module at `path` offers, and the packages and modules that it offers."""
    package = path.split(".")[0]
    for name, value in sorted(vars(module).items()):
        if name.startswith("_") or getattr(typing, name, None) is value:
            continue
        if inspect.ismodule(value):
            inside = value.__name__.split(".")[0] == package
            if inside and (hasattr(value, "__path__") or path == package):
                yield from public(value, f"{path}.{name}")
        elif not callable(value) or value.__module__.split(".")[0] in (package, "typing"):
            yield f"{path}.{name}", value


def main() -> None:
    found = {}
    for package in sys.argv[1:]:
        for path, value in public(importlib.import_module(package), package):
            found[path] = {"kind": kind_of(value), "parameters": parameters(value)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
