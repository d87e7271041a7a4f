"""The layers that layers and models are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tree_sitter import Node

from k3ls.semantics.kinds import Kind, kind_of, local_classes
from k3ls.semantics.module import Module
from k3ls.semantics.scopes import Scope
from k3ls.syntax import argument_nodes, unparenthesized

_ADDING = ("append", "insert")


@dataclass(frozen=True, slots=True)
class Sublayer:
    """A layer that the methods of a class put into an attribute.

    Attributes:
        name: of the attribute, which may be a list or a dictionary of layers.
        node: the expression that gives the layer.
        scope: the method that it stands in.
    """

    name: str
    kind: Kind
    node: Node
    scope: Scope


def method(module: Module, cls: Scope, name: str) -> Scope | None:
    """The method of a class, of itself or of a class of this module that it derives from."""
    for one in local_classes(module, cls):
        if name in one.bindings:
            return one.bindings[name][-1].inner
    return None


def sublayers(module: Module, cls: Scope) -> Sequence[Sublayer]:
    """The layers that the methods of a class, and of those it derives from, put into attributes."""
    known = module.fact("layers by class", _none_yet)
    if id(cls) not in known:
        known[id(cls)] = tuple(_sublayers(module, cls))
    return known[id(cls)]


def _none_yet(module: Module) -> dict[int, tuple[Sublayer, ...]]:
    return {}


def _sublayers(module: Module, cls: Scope) -> Iterator[Sublayer]:
    added = module.fact("layers added to attributes", _added)
    for owner in local_classes(module, cls):
        for name, bindings in owner.attributes.items():
            given = [(one.value, one.scope) for one in bindings if one.item is None and one.value]
            for value, scope in given + added.get((id(owner), name), []):
                yield from layers_in(module, value, scope, name)


def layers_in(module: Module, value: Node, scope: Scope, name: str) -> Iterator[Sublayer]:
    """The layers that an expression gives, alone or in a list, a dictionary or a choice."""
    for node in _parts(value):
        kind = kind_of(module, node, scope)
        if kind is not None and kind.type == "object" and kind.is_a("keras.layers.Layer"):
            yield Sublayer(name, kind, node, scope)


def _parts(node: Node) -> Iterator[Node]:
    """The expressions that a list, a dictionary or a choice is made of; else the node itself."""
    node = unparenthesized(node)
    if node.type in ("list", "tuple"):
        parts: list[Node | None] = [*argument_nodes(node)]
    elif node.type == "dictionary":
        parts = [one.child_by_field_name("value") for one in argument_nodes(node)]
    elif node.type in ("list_comprehension", "dictionary_comprehension", "pair"):
        field = "value" if node.type == "pair" else "body"
        parts = [node.child_by_field_name(field)]
    elif node.type == "conditional_expression":
        parts = [*argument_nodes(node)[::2]]
    else:
        yield node
        return
    for part in parts:
        if part is not None:
            yield from _parts(part)


def _added(module: Module) -> Mapping[tuple[int, str], list[tuple[Node, Scope]]]:
    """What methods append to attributes, by the identity of the class and the name."""
    found: dict[tuple[int, str], list[tuple[Node, Scope]]] = {}
    for reference in module.references:
        function = reference.scope.function()
        owner = function.method_class() if function is not None else None
        if owner is None or reference.call is None or len(reference.names) != 3:
            continue
        first, name, adding = reference.names
        arguments = reference.call.child_by_field_name("arguments")
        given = argument_nodes(arguments) if arguments is not None else []
        if first == "self" and adding in _ADDING and given:
            found.setdefault((id(owner), name), []).append((given[-1], reference.scope))
    return found
