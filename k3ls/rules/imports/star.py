"""What a module takes from a star import of Keras."""

from __future__ import annotations

import builtins
from dataclasses import dataclass

from k3ls.knowledge.symbols import canonical, names_in, symbol
from k3ls.rules.context import Context
from k3ls.semantics import BindingKind, Import, Reference, ScopeKind
from k3ls.text import Source

_DYNAMIC = frozenset(("eval", "exec", "globals", "locals", "vars"))


@dataclass(frozen=True, slots=True)
class StarNames:
    """The public names of a package that a module may take from its star import.

    Attributes:
        used: those that Keras 2 has, or that nothing else gives.
        captured: names new in Keras 3 that mean something else in the module: a builtin, or what
            was imported or defined before.
        unclear: names new in Keras 3 that another star import may give.
    """

    used: frozenset[str]
    captured: frozenset[str]
    unclear: frozenset[str]


def star_names(statement: Import, path: str, context: Context) -> StarNames:
    """What the module takes from the star import of the package `path` of Keras."""
    module = context.module
    reached = {
        reference.names[0]
        for reference in module.references
        if reference.names[0] in names_in(path) and _reaches(statement, reference, context)
    }
    new = {name for name in reached if not _known(path, name)}
    captured = {
        name
        for name in new
        if hasattr(builtins, name)
        or any(
            one.offset < statement.node.start_byte for one in module.scope.bindings.get(name, ())
        )
    }
    foreign = any(canonical(one) is None for one in module.star_modules)
    unclear = new - captured if foreign else set()
    return StarNames(
        frozenset(reached - captured - unclear), frozenset(captured), frozenset(unclear)
    )


def hands_on(context: Context) -> bool:
    """Whether a module offers its imports to others, or looks names up that can't be seen."""
    module = context.module
    return (
        context.is_package_init
        or "__all__" in module.scope.bindings
        or module.tree.root.has_error
        or any(
            (one.names[0] in _DYNAMIC and one.scope.holder(one.names[0]) is None)
            or "sys.modules" in module.qualified(one)
            for one in module.references
        )
    )


def import_of(path: str, names: frozenset[str], indent: str, source: Source) -> str:
    """The statement that imports `names`, in lines as formatters have them."""
    line = f"from {path} import {', '.join(sorted(names))}"
    if len(indent + line) <= 88:
        return line
    lines = [f"from {path} import (", *(f"    {name}," for name in sorted(names)), ")"]
    return (source.newline + indent).join(lines)


def _known(path: str, name: str) -> bool:
    found = symbol(f"{path}.{name}")
    return found is not None and found.keras2


def _reaches(statement: Import, reference: Reference, context: Context) -> bool:
    """Whether what the star import binds may be what the reference's first name means."""
    name, scope = reference.names[0], reference.scope
    holder = scope.holder(name)
    if holder is not None and holder.kind is not ScopeKind.MODULE:
        return False
    end = statement.node.end_byte
    bindings = context.module.scope.bindings.get(name, ())
    if any(one.kind is BindingKind.DELETE for one in bindings):
        return True
    later = [one.offset for one in bindings if one.branch is None and one.offset > end]
    at_once = scope.runs_within(context.module.scope)
    if at_once and reference.offset < statement.node.start_byte:
        return False
    return not later or (at_once and reference.offset < later[0])
