"""Asking whether a layer of several inputs has a mask.

## What it does

Finds `mask is None` and `mask is not None` in `call` and `compute_mask` of layers whose inputs are a
list, and asks each mask.

## Why

Without masks Keras 2 gave None. Keras 3 gives a list with a None for each input, which is not None:

    AttributeError: 'NoneType' object has no attribute 'dtype'
    ValueError: Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.

## Example

    class Pooled(keras.layers.Layer):
        def call(self, inputs, mask=None):
            values, weights = inputs
            if mask is not None:
                weights = weights * keras.ops.cast(mask[0], "float32")
            return keras.ops.sum(values * weights, axis=1)

becomes

    class Pooled(keras.layers.Layer):
        def call(self, inputs, mask=None):
            values, weights = inputs
            if any(one is not None for one in keras.tree.flatten(mask)):
                weights = weights * keras.ops.cast(mask[0], "float32")
            return keras.ops.sum(values * weights, axis=1)

## Fix safety

Safe: the outcome is that of Keras 2, for None too. A layer that isn't known to take a list has no
finding.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, class_kind
from k3ls.syntax import argument_nodes, nodes_of, text
from k3ls.text import Edit

RULE = Rule("K252", "mask-list", Severity.ERROR)

_METHODS = ("call", "compute_mask")
_MASK = "mask"


@RULE.function
def check(function: Scope, context: Context) -> Iterator[Finding]:
    cls = function.method_class()
    body = function.node.child_by_field_name("body")
    if function.name not in _METHODS or cls is None or body is None:
        return
    if _MASK not in function.bindings or len(function.bindings[_MASK]) > 1:
        return
    if not class_kind(context.module, cls).is_a("keras.layers.Layer") or not _takes_list(cls):
        return
    for comparison in nodes_of(body, "comparison_operator"):
        sides = argument_nodes(comparison)
        operators = [one.type for one in comparison.children_by_field_name("operators")]
        if len(sides) != 2 or text(sides[0]) != _MASK or sides[1].type != "none":
            continue
        if operators not in (["is"], ["is not"]):
            continue
        message = "without masks Keras 3 gives a list of None for several inputs"
        fix = None
        try:
            tree = context.name_at("keras.tree.flatten", comparison, function)
            asked = f"one {operators[0]} None for one in {tree.source}({_MASK})"
            source = f"{'all' if operators == ['is'] else 'any'}({asked})"
            edit = Edit(comparison.start_byte, comparison.end_byte, source)
            fix = Fix("Ask each mask", (edit, *tree.edits), Applicability.SAFE)
        except NoNameError as reason:
            message += f" ({reason})"
        yield RULE.finding(comparison.start_byte, comparison.end_byte, message, fix)


def _takes_list(cls: Scope) -> bool:
    """Whether `call` of a class unpacks its first argument."""
    bound = cls.bindings.get("call")
    method = bound[-1].inner if bound else None
    parameters = method.node.child_by_field_name("parameters") if method is not None else None
    names = [text(one) for one in argument_nodes(parameters)] if parameters is not None else []
    body = method.node.child_by_field_name("body") if method is not None else None
    if len(names) < 2 or body is None:
        return False
    return any(_unpacks(one, names[1]) for one in nodes_of(body, "assignment"))


def _unpacks(assignment: Node, name: str) -> bool:
    left = assignment.child_by_field_name("left")
    right = assignment.child_by_field_name("right")
    several = left is not None and left.type in ("pattern_list", "tuple_pattern", "list_pattern")
    return several and right is not None and text(right) == name
