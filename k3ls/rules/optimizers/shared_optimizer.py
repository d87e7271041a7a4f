"""An optimizer as the default of a parameter.

## What it does

Finds parameters whose default is an optimizer that is made once, when the function is defined, and
makes one for each call.

## Why

An optimizer of Keras 3 is built by the variables of the first model that it trains, and refuses
those of a second one. The legacy optimizers of Keras 2 took them:

    ValueError: Unknown variable: <Variable path=dense/kernel, …>. This optimizer can only be called
    for the variables it was originally built with.

## Example

    def compile(self, optimizer=keras.optimizers.Adam()):
        super().compile(optimizer)

becomes

    def compile(self, optimizer=None):
        if optimizer is None:
            optimizer = keras.optimizers.Adam()
        super().compile(optimizer)

## Fix safety

Unsafe: the count of steps, by which Adam corrects its averages, begins anew with each call. One
that gives None gets the default.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, kind_of
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K259", "shared-optimizer", Severity.WARNING)

_DEFAULTS = ("default_parameter", "typed_default_parameter")


@RULE.function
def check(function: Scope, context: Context) -> Iterator[Finding]:
    parameters = function.node.child_by_field_name("parameters")
    given = argument_nodes(parameters) if parameters is not None else []
    for parameter in given:
        value = parameter.child_by_field_name("value") if parameter.type in _DEFAULTS else None
        name = parameter.child_by_field_name("name")
        if value is None or value.type != "call" or name is None or function.parent is None:
            continue
        kind = kind_of(context.module, value, function.parent)
        if kind is None or not kind.is_a("keras.optimizers.Optimizer"):
            continue
        yield RULE.finding(
            value.start_byte,
            value.end_byte,
            "all calls share this optimizer, and Keras 3 builds it for the variables of one model",
            _fix(function, name, value, context),
        )


def _fix(function: Scope, name: Node, value: Node, context: Context) -> Fix | None:
    body = function.node.child_by_field_name("body")
    statements = argument_nodes(body) if body is not None else []
    if statements and _is_docstring(statements[0]):
        statements = statements[1:]
    if not statements or not alone_on_line(statements[0], context.source) or "\n" in text(value):
        return None
    first = statements[0]
    between = context.source.newline + context.indentation(first)
    lines = (
        f"if {text(name)} is None:",
        f"{context.indent}{text(name)} = {text(value)}",
        "",
    )
    edits = (
        Edit(value.start_byte, value.end_byte, "None"),
        Edit(first.start_byte, first.start_byte, between.join(lines)),
    )
    return Fix("Make one for each call", edits, Applicability.UNSAFE)


def _is_docstring(statement: Node) -> bool:
    inner = statement.named_children[:1]
    return statement.type == "expression_statement" and [one.type for one in inner] == ["string"]
