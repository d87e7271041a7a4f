"""Telling one shape from several by `isinstance(input_shape, list)`.

## What it does

Finds `isinstance(input_shape, list)` in `build`, and with `tuple` in `compute_output_shape` and its
like as well, and looks at the first part of the shape instead.

## Why

A shape is a tuple in Keras 3 and no `TensorShape`, and a list where a model is loaded: then one
shape is taken for several.

    TypeError: 'int' object is not subscriptable

## Example

    def build(self, input_shape):
        if isinstance(input_shape, list):
            input_shape = input_shape[0]

becomes

    def build(self, input_shape):
        if isinstance(input_shape[0], (list, tuple)):
            input_shape = input_shape[0]

## Fix safety

Unsafe: right for lists and tuples of shapes, and not for dictionaries and for a shape without
dimensions.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, is_shape_parameter
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K206", "shape-list", Severity.WARNING)


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or text(function) != "isinstance":
        return
    given = argument_nodes(arguments)
    if len(given) != 2 or not is_shape_parameter(context.module, given[0], scope):
        return
    classes = argument_nodes(given[1]) if given[1].type == "tuple" else [given[1]]
    asked = {text(one) for one in classes}
    if asked not in ({"list"}, {"list", "tuple"}) or _refuses(call):
        return
    around = scope.function()
    if asked == {"list"} and (around is None or around.name != "build"):
        # Several shapes come in a list; one does only where `build` is called for a saved model.
        return
    shape = text(given[0])
    edit = Edit(given[0].start_byte, given[1].end_byte, f"{shape}[0], (list, tuple)")
    yield RULE.finding(
        call.start_byte,
        call.end_byte,
        f"`{shape}` of one input is a tuple in Keras 3, or a list: look at its first part",
        Fix(f"Look at `{shape}[0]`", (edit,), Applicability.UNSAFE),
    )


def _refuses(call: Node) -> bool:
    """Whether the test is there to raise where there aren't several inputs."""
    around = call.parent
    while around is not None and around.type in (
        "not_operator",
        "boolean_operator",
        "parenthesized_expression",
    ):
        around = around.parent
    if around is None or around.type != "if_statement":
        return False
    body = around.child_by_field_name("consequence")
    return body is not None and body.named_children[-1].type == "raise_statement"
