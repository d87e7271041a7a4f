"""A `call` that requires `training`.

## What it does

Finds layers and models whose `call` has a parameter `training` without a default, and gives it
`None`.

## Why

Keras 2 gave such a parameter `None` where nobody said whether the layer trains. Keras 3 gives it
only what it knows, and a call without it raises:

    TypeError: missing a required argument: 'training'

## Example

    class Block(keras.layers.Layer):
        def call(self, inputs, training):
            return self.dropout(inputs, training=training)

becomes

    class Block(keras.layers.Layer):
        def call(self, inputs, training=None):
            return self.dropout(inputs, training=training)

## Fix safety

Safe: `call` gets the same values as in Keras 2. There is no fix where a parameter without a default
follows.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, class_kind
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K254", "required-training", Severity.WARNING)

_GIVEN = ("training", "mask")  # what Keras gives where it knows it


@RULE.function
def check(function: Scope, context: Context) -> Iterator[Finding]:
    owner = function.method_class()
    parameters = function.node.child_by_field_name("parameters")
    if function.name != "call" or owner is None or parameters is None:
        return
    if not class_kind(context.module, owner).is_a("keras.layers.Layer"):
        return
    nodes = argument_nodes(parameters)
    names = [_required(node) for node in nodes]
    if "training" not in names:
        return
    first = names.index("training")
    rest = nodes[first:]
    message = "Keras 3 doesn't fill in a required `training`: a call without it raises"
    fix = None
    if any(name not in ("", *_GIVEN) for name in names[first : _positional(nodes)]):
        message += " (a parameter without a default follows)"
    else:
        edits = tuple(
            Edit(node.end_byte, node.end_byte, "=None" if node.type == "identifier" else " = None")
            for node in rest
            if _required(node) in _GIVEN
        )
        fix = Fix("Give it the default `None`", edits, Applicability.SAFE)
    yield RULE.finding(rest[0].start_byte, rest[0].end_byte, message, fix)


def _required(parameter: Node) -> str:
    """The name of a parameter without a default, empty for others."""
    if parameter.type == "typed_parameter":
        parameter = parameter.named_children[0]
    return text(parameter) if parameter.type == "identifier" else ""


def _positional(parameters: list[Node]) -> int:
    """How many parameters stand before the first `*`."""
    stars = ("keyword_separator", "list_splat_pattern")
    numbers = (at for at, one in enumerate(parameters) if one.type in stars)
    return next(numbers, len(parameters))
