"""Print the public API of one installed package as JSON; `tools.build_symbols` runs it.

    python -m tools.walk_api keras | tf_keras | tensorflow.keras

Every public path below the package, under `keras`, with its kind and, where Python tells them: the
parameters, a class's bases and members, and the private module it is defined in.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import sys
import textwrap
from functools import cache
from types import ModuleType
from typing import Any


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


def described(root: ModuleType) -> dict[str, dict[str, Any]]:
    """What is known of each public name."""
    names = public_names(root)
    shortest: dict[int, str] = {}
    for path, value in names.items():
        best = shortest.get(id(value))
        if best is None or (path.count("."), len(path), path) < (best.count("."), len(best), best):
            shortest[id(value)] = path
    rows = {}
    for path, value in names.items():
        row: dict[str, Any] = {"kind": kind_of(value), "same": shortest[id(value)]}
        if not inspect.ismodule(value):
            row["module"] = getattr(value, "__module__", None)
            row["parameters"] = parameters(value)
        if inspect.isclass(value):
            public = [base for base in value.__mro__ if id(base) in shortest]
            row["bases"] = [shortest[id(base)] for base in public]
            row["members"] = members(value, [base for base in public if base is not value])
        rows[path] = row
    return rows


def kind_of(value: Any) -> str:
    if inspect.ismodule(value):
        return "module"
    if inspect.isclass(value):
        return "class"
    return "function" if callable(value) else "value"


def parameters(value: Any) -> list[list[str | None]] | None:
    """Name and default of each parameter; the name with `*` or `**` for the variadic ones.

    A default is the source of a literal, `...` for another object, None for no default.
    """
    try:
        signature = inspect.signature(value)
        if inspect.isclass(value) and list(signature.parameters) == ["args", "kwargs"]:
            # From a `__new__` that hands on what it gets.
            own = list(inspect.signature(value.__init__).parameters.values())
            signature = signature.replace(parameters=own[1:])
    except (TypeError, ValueError):
        return None
    found: list[list[str | None]] = []
    for parameter in signature.parameters.values():
        default = parameter.default
        source = None
        if default is not parameter.empty:
            literal = isinstance(default, (str, int, float, bool, type(None), tuple))
            source = repr(default) if literal else "..."
        stars = str(parameter).partition(parameter.name)[0]
        found.append([stars + parameter.name, source])
    return found


def members(cls: type, public_bases: list[type]) -> dict[str, Any]:
    """The public members that the class has and its nearest public bases haven't the same way:
    a method's parameters, None for others."""
    found = {}
    for name in dir(cls):
        if name.startswith("_"):
            continue
        value = inspect.getattr_static(cls, name)
        if any(inspect.getattr_static(base, name, None) is value for base in public_bases):
            continue
        function = value.__func__ if isinstance(value, (classmethod, staticmethod)) else value
        found[name] = parameters(function) if inspect.isroutine(function) else None
    inherited = {one for base in public_bases for part in base.__mro__ for one in assigned(part)}
    for part in cls.__mro__:
        for name in assigned(part):
            if name not in inherited:
                found.setdefault(name, None)
    return found


@cache
def assigned(cls: type) -> frozenset[str]:
    """The public attributes that the methods of a class assign to `self`."""
    if cls.__module__.split(".")[0] not in ("keras", "tf_keras"):
        return frozenset()
    tree = ast.parse(textwrap.dedent(inspect.getsource(cls)))
    return frozenset(
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
        and not node.attr.startswith("_")
    )


def main() -> None:
    name = sys.argv[1]
    root = importlib.import_module(name.split(".")[0])
    for part in name.split(".")[1:]:
        root = getattr(root, part)
    version = importlib.import_module("tf_keras" if name == "tf_keras" else "keras").__version__
    print(json.dumps({"version": version, "names": described(root)}))


if __name__ == "__main__":
    main()
