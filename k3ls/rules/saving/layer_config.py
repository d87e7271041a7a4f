"""A layer made of a configuration that doesn't say where its class is.

## What it does

Finds dicts with `class_name` that are given to `keras.layers.deserialize`, and adds the module.

## Why

Keras 2 looked the class up among its layers. Keras 3 imports it from the module in the configuration:

    TypeError: Could not locate class 'Dense'. Make sure custom classes and functions are decorated with `@keras.saving.register_keras_serializable()`.

## Example

    layer = keras.layers.deserialize({"class_name": "Dense", "config": {"units": 3}})

becomes

    layer = keras.layers.deserialize(
        {"module": "keras.layers", "class_name": "Dense", "config": {"units": 3}}
    )

## Fix safety

Safe for the names of Keras's own layers. Others have to be registered, or given in `custom_objects`.

Since Keras 3.0.
"""  # noqa: E501 - the error as it is

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import symbol
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.rules.saving.files import names_symbol
from k3ls.semantics import Reference
from k3ls.syntax import argument_nodes, nodes_of, string_value, text
from k3ls.text import Edit

RULE = Rule("K239", "layer-config", Severity.ERROR)


@RULE.reference("keras.layers", "tensorflow.keras.layers", "tensorflow.compat.v2.keras.layers")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    if reference.call is None or not names_symbol(reference, context, "keras.layers.deserialize"):
        return
    arguments = reference.call.child_by_field_name("arguments")
    for given in argument_nodes(arguments)[:1] if arguments is not None else ():
        for node in nodes_of(_literal(given, reference), "dictionary"):
            entries = _entries(node)
            name = string_value(entries["class_name"]) if "class_name" in entries else None
            layer = symbol(f"keras.layers.{name}")
            if "module" in entries or layer is None or not layer.keras3 or layer.kind != "class":
                continue
            first = argument_nodes(node)[0]
            edit = Edit(first.start_byte, first.start_byte, '"module": "keras.layers", ')
            yield RULE.finding(
                node.start_byte,
                node.end_byte,
                f"Keras 3 doesn't find `{name}` without its module",
                Fix("Add the module", (edit,), Applicability.SAFE),
            )


def _literal(node: Node, reference: Reference) -> Node:
    """The expression itself, or what a name was assigned."""
    if node.type != "identifier":
        return node
    bindings = reference.scope.reaching(text(node), node.start_byte)
    value = bindings[0].value if len(bindings) == 1 and bindings[0].item is None else None
    return value if value is not None and value.type == "dictionary" else node


def _entries(node: Node) -> dict[str, Node]:
    """The values of a dict literal by those keys that are strings."""
    found = {}
    for pair in argument_nodes(node):
        key, value = (pair.child_by_field_name(one) for one in ("key", "value"))
        name = string_value(key) if key is not None else None
        if name is not None and value is not None:
            found[name] = value
    return found
