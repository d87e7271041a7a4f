"""A slash in the name of a layer, a model, an optimizer or a weight.

## What it does

Finds slashes in names that layers, models, inputs, optimizers and weights are given, and in those
that `get_layer` asks for, and writes underscores.

## Why

    ValueError: Argument `name` must be a string and cannot contain character `/`.
    Received: name=conv1/bn (of type <class 'str'>)

## Example

    x = keras.layers.BatchNormalization(name="conv1/bn")(x)

becomes

    x = keras.layers.BatchNormalization(name="conv1_bn")(x)

## Fix safety

Unsafe: names that are put together elsewhere, in files of weights that are loaded by name, and in
dicts of losses have to follow.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import written_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, kind_of
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K245", "name-with-slash", Severity.ERROR)

_NAMED = ("keras.layers.Layer", "keras.optimizers.Optimizer")
_FUNCTIONS = frozenset(("keras.Input", "keras.layers.Input", "keras.Variable"))


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    arguments = call.child_by_field_name("arguments")
    function = call.child_by_field_name("function")
    if function is None or arguments is None or b"/" not in (arguments.text or b""):
        return
    attribute = function.child_by_field_name("attribute")
    asks = attribute is not None and text(attribute) == "get_layer"
    for number, one in enumerate(written_arguments(arguments)):
        named = one.parameter == "name" or (asks and number == 0 and not one.parameter)
        slashes = list(_slashes(one.value)) if named else []
        if not slashes or not (asks or _takes_name(function, scope, context)):
            continue
        edits = tuple(
            Edit(node.start_byte, node.end_byte, context.written(node).replace("/", "_"))
            for node in slashes
        )
        yield RULE.finding(
            slashes[0].start_byte,
            slashes[-1].end_byte,
            "names of Keras 3 can't contain a slash",
            Fix("Write underscores", edits, Applicability.UNSAFE),
        )


def _slashes(value: Node) -> Iterator[Node]:
    """The parts of strings with a slash in an expression that puts a name together."""
    if value.type == "string_content":
        if "/" in text(value):
            yield value
        return
    parts = ("string", "binary_operator", "boolean_operator", "conditional_expression")
    if value.type in (*parts, "concatenated_string", "parenthesized_expression"):
        operator = value.child_by_field_name("operator")
        if operator is not None and text(operator) not in ("+", "%", "and", "or"):
            return
        for child in value.named_children:
            yield from _slashes(child)


def _takes_name(function: Node, scope: Scope, context: Context) -> bool:
    paths = {canonical(name) for name in context.module.names_of(function, scope)}
    if paths and paths <= _FUNCTIONS:
        return True
    attribute = function.child_by_field_name("attribute")
    owner = function.child_by_field_name("object")
    if attribute is not None and owner is not None and text(attribute) == "add_weight":
        kind = kind_of(context.module, owner, scope)
        return kind is not None and kind.type == "object" and kind.is_a("keras.layers.Layer")
    kind = kind_of(context.module, function, scope)
    if kind is None or kind.type != "class" or kind.is_a("keras.metrics.Metric"):
        # A metric of Keras 2 is a layer; its name may have a slash.
        return False
    return kind.is_a(*_NAMED)
