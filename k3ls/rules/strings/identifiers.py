"""Strings in calls that name something of Keras's own: `optimizer="adam"`, `Dense(3, "relu")`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from k3ls.knowledge.strings import area_of_package, area_of_parameter
from k3ls.knowledge.symbols import Parameters, canonical, symbol
from k3ls.semantics import Module, Scope, kind_of
from k3ls.syntax import argument_nodes, string_value, text, unparenthesized


@dataclass(frozen=True, slots=True)
class Identifier:
    """A string that Keras looks up.

    Attributes:
        area: what it stands for, one of those of `k3ls.knowledge.strings`.
    """

    area: str
    value: str
    node: Node


def identifiers(call: Node, scope: Scope, module: Module) -> Iterator[Identifier]:
    """The strings among the arguments of a call that Keras looks up, also in lists and dicts."""
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or arguments.type != "argument_list":
        return
    parameters = _parameters(function, scope, module)
    if parameters is None:
        return
    positional = True
    for index, argument in enumerate(argument_nodes(arguments)):
        keyword = argument.child_by_field_name("name")
        value: Node | None = argument
        positional &= argument.type not in ("keyword_argument", "list_splat", "dictionary_splat")
        if argument.type == "keyword_argument" and keyword is not None:
            area = dict(parameters.keywords).get(text(keyword), area_of_parameter(text(keyword)))
            value = argument.child_by_field_name("value")
        elif positional and index < len(parameters.places):
            area = parameters.places[index]
        else:
            continue
        if area is not None and value is not None:
            yield from _strings(area, value)


@dataclass(frozen=True, slots=True)
class _Areas:
    """What a function looks up: by position, and by keywords whose names don't tell."""

    places: tuple[str | None, ...] = ()
    keywords: tuple[tuple[str, str], ...] = ()


def _parameters(function: Node, scope: Scope, module: Module) -> _Areas | None:
    """Which strings a function of Keras looks up, None for a function that isn't Keras's."""
    names = module.names_of(function, scope)
    paths = {canonical(name) for name in names}
    path = paths.pop() if len(paths) == 1 else None
    if path is not None:
        package, _, last = path.rpartition(".")
        area = area_of_package(package) if last in ("get", "deserialize") else None
        if area == "metric":
            # Keras 2 gives a function there, which Keras 3 hasn't got.
            return None
        if area is not None:
            return _Areas((area,), (("identifier", area),))
        found = symbol(path)
        return _Areas(_places(found.parameters if found is not None else None))
    if names or function.type != "attribute":
        return None
    method = function.child_by_field_name("attribute")
    owner = function.child_by_field_name("object")
    kind = kind_of(module, owner, scope) if owner is not None else None
    if method is not None and text(method) == "compile":
        model = symbol("keras.Model")
        if model is not None and (kind is None or kind.is_a("keras.Model")):
            return _Areas(_places(model.methods["compile"][0][1:]))
    if method is not None and text(method) == "add_weight" and kind is not None:
        return _Areas() if kind.is_a("keras.layers.Layer") else None
    return None


def _places(parameters: Parameters | None) -> tuple[str | None, ...]:
    places: list[str | None] = []
    for name, _ in parameters or ():
        if name.startswith("*"):
            break
        places.append(area_of_parameter(name))
    return tuple(places)


def _strings(area: str, value: Node) -> Iterator[Identifier]:
    nodes = [value]
    while nodes:
        node = unparenthesized(nodes.pop())
        if node.type in ("list", "tuple", "set"):
            nodes += reversed(argument_nodes(node))
        elif node.type == "dictionary":
            pairs = [pair.child_by_field_name("value") for pair in argument_nodes(node)]
            nodes += reversed([one for one in pairs if one is not None])
        elif node.type == "string":
            content = string_value(node)
            if content is not None:
                yield Identifier(area, content, node)
