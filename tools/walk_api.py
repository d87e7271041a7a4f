"""Print the public API of installed packages as JSON; `tools.build_symbols` runs it.

    python -m tools.walk_api keras | tf_keras | tensorflow.keras
    python -m tools.walk_api tensorflow.compat.v1.keras tensorflow.compat.v1.layers

Every public path below the packages, under `keras` where that is what a package is, with its kind
and, where Python tells them: the parameters, a class's bases and members, and the private module
it is defined in.
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


def public_names(root: ModuleType, path: str = "keras") -> dict[str, Any]:
    """Every public object below the package `root`, by its path if the package is at `path`."""
    package = root.__name__.split(".")[0]
    found: dict[str, Any] = {path: root}

    def visit(module: ModuleType, path: str, around: tuple[ModuleType, ...]) -> None:
        for name in dir(module):
            value = None if name.startswith("_") else getattr(module, name, None)
            if value is None:
                continue
            if inspect.ismodule(value):
                inside = value.__name__.split(".")[0] == package and ".src" not in value.__name__
                # What a generated module imports under a name like `tf__keras_dot_…` is no API.
                if not inside or value in around or "_dot_" in name:
                    continue
                visit(value, f"{path}.{name}", (*around, value))
            found[f"{path}.{name}"] = value

    visit(root, path, (root,))
    return found


def described(names: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is known of each public name."""
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
        if inspect.isclass(value) and opaque(signature):
            signature = constructor(value) or signature
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


def opaque(signature: inspect.Signature) -> bool:
    """Whether a signature only hands everything on."""
    kinds = {parameter.kind for parameter in signature.parameters.values()}
    return kinds == {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}


def constructor(cls: type) -> inspect.Signature | None:
    """The signature of the `__init__` of a class whose `__new__` hands everything on to it, None if
    that does the same."""
    signature = inspect.signature(cls.__init__)  # type: ignore[misc]
    own = list(signature.parameters.values())[1:]
    return None if opaque(signature.replace(parameters=own)) else signature.replace(parameters=own)


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
    try:
        source = inspect.getsource(cls)
    except (OSError, TypeError):
        # Generated at run time.
        return frozenset()
    tree = ast.parse(textwrap.dedent(source))
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
    names: dict[str, Any] = {}
    for package in sys.argv[1:]:
        root = importlib.import_module(package.split(".")[0])
        for part in package.split(".")[1:]:
            root = getattr(root, part)
        names |= public_names(root, "keras" if package.endswith("keras") else package)
    library = "tf_keras" if "tf_keras" in sys.argv else "keras"
    version = importlib.import_module(library).__version__
    print(json.dumps({"version": version, "names": described(names)}))


if __name__ == "__main__":
    main()
