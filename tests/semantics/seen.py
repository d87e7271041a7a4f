"""Asking about code: the argument of every `see(…)` in a source is what a test looks at."""

from __future__ import annotations

from textwrap import dedent

from tree_sitter import Node

from k3ls.semantics import Module, Scope
from k3ls.syntax import argument_nodes, parse, text, unparenthesized


def module_of(source: str) -> Module:
    return Module(parse(dedent(source).encode()))


def seen(module: Module) -> list[tuple[Node, Scope]]:
    """The arguments of `see`, each with its scope, in the order of the text."""
    found = []
    for item in module.items:
        for call, scope in item.calls:
            function = call.child_by_field_name("function")
            arguments = call.child_by_field_name("arguments")
            if function is not None and arguments is not None and text(function) == "see":
                found.append((unparenthesized(argument_nodes(arguments)[0]), scope))
    return sorted(found, key=lambda one: one[0].start_byte)


def names_seen(source: str) -> list[str]:
    """The qualified names of each, with spaces between; empty where they aren't known."""
    module = module_of(source)
    names = []
    for node, scope in seen(module):
        (reference,) = [one for one in module.references if one.node == node]
        qualified = module.qualified(reference)
        assert module.names_of(node, scope) == qualified
        names.append(" ".join(qualified))
    return names
