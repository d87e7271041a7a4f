"""Methods of TensorFlow's shapes.

## What it does

Finds `x.get_shape()`, `x.shape.as_list()`, `x.shape.rank` and `x.shape[0].value`, and the same on
the `input_shape` that `build`, `compute_output_shape` and their like are called with; and writes
them for shapes that are tuples.

## Why

A shape is a tuple in Keras 3: that of the tensors of a functional model, that of every tensor on
JAX, and what `build` is called with on each backend.

    AttributeError: 'tuple' object has no attribute 'as_list'
    AttributeError: 'KerasTensor' object has no attribute 'get_shape'
    AttributeError: 'tuple' object has no attribute 'rank'

## Example

    batch, *rest = x.get_shape().as_list()
    if input_shape.rank > 2:
        units = input_shape[-1].value

becomes

    batch, *rest = list(x.shape)
    if len(input_shape) > 2:
        units = input_shape[-1]

## Fix safety

Safe: a shape of TensorFlow can be listed and indexed as a tuple. Unsafe for `rank` and `ndims`,
which are None where TensorFlow doesn't know how many dimensions there are; `len` raises then. Code
that tf.data runs stays TensorFlow and has no finding.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import (
    Reference,
    Scope,
    catches,
    is_shape_parameter,
    stays_tensorflow,
)
from k3ls.syntax import argument_nodes, text, unparenthesized
from k3ls.text import Edit

RULE = Rule("K304", "tensor-shape", Severity.WARNING)


@RULE.attribute("get_shape")
def check_get_shape(reference: Reference, context: Context) -> Iterator[Finding]:
    call = reference.call
    if reference.names[-1] != "get_shape" or not _plain(call):
        return
    if stays_tensorflow(context.module, reference.scope):
        return
    attribute = reference.node.child_by_field_name("attribute")
    owner = reference.node.child_by_field_name("object")
    if call is None or attribute is None or owner is None:
        return
    if context.module.qualified(reference):
        # A function of some library.
        return
    edit = Edit(attribute.start_byte, call.end_byte, "shape")
    yield RULE.finding(
        attribute.start_byte,
        attribute.end_byte,
        "only TensorFlow's tensors have `get_shape()`; `shape` is there on every backend",
        Fix("Replace with `.shape`", (edit,), Applicability.SAFE),
    )


@RULE.attribute("as_list", "rank", "ndims", "value")
def check_method(reference: Reference, context: Context) -> Iterator[Finding]:
    name = reference.names[-1]
    owner = reference.node.child_by_field_name("object")
    attribute = reference.node.child_by_field_name("attribute")
    if owner is None or attribute is None or stays_tensorflow(context.module, reference.scope):
        return
    if catches(reference.node, "AttributeError"):
        return
    shape = unparenthesized(owner)
    if name == "value":
        value = shape.child_by_field_name("value")
        if shape.type != "subscript" or value is None or reference.call is not None:
            return
        shape = unparenthesized(value)
    if not _is_shape(shape, reference.scope, context):
        return
    if name == "as_list":
        if not _plain(reference.call) or reference.call is None:
            return
        yield _finding(attribute, "list", owner, reference.call, context, Applicability.SAFE)
    elif name == "value":
        edit = Edit(owner.end_byte, reference.node.end_byte, "")
        yield RULE.finding(
            attribute.start_byte,
            attribute.end_byte,
            "the parts of a shape are numbers in Keras 3, without `value`",
            Fix("Take the number itself", (edit,), Applicability.SAFE),
        )
    elif reference.call is None:
        yield _finding(attribute, "len", owner, reference.node, context, Applicability.UNSAFE)


def _finding(
    attribute: Node,
    function: str,
    owner: Node,
    whole: Node,
    context: Context,
    applicability: Applicability,
) -> Finding:
    source = context.written(owner)
    if owner.type == "parenthesized_expression":
        source = source[1:-1]
    edit = Edit(whole.start_byte, whole.end_byte, f"{function}({source})")
    return RULE.finding(
        attribute.start_byte,
        attribute.end_byte,
        f"a shape is a tuple in Keras 3, without `{text(attribute)}`",
        Fix(f"Replace with `{function}(…)`", (edit,), applicability),
    )


def _is_shape(node: Node, scope: Scope, context: Context) -> bool:
    """Whether an expression is the shape of a tensor, or what Keras calls a method with."""
    if node.type == "call":
        function = node.child_by_field_name("function")
        attribute = function.child_by_field_name("attribute") if function is not None else None
        name = text(attribute) if attribute is not None else ""
        return name == "compute_output_shape" or (name == "get_shape" and _plain(node))
    if node.type == "attribute":
        attribute = node.child_by_field_name("attribute")
        return attribute is not None and text(attribute) == "shape"
    if node.type == "subscript":
        value = node.child_by_field_name("value")
        index = node.child_by_field_name("subscript")
        if value is not None and index is not None and index.type == "slice":
            return _is_shape(unparenthesized(value), scope, context)
        # One of several shapes.
        return value is not None and is_shape_parameter(
            context.module, unparenthesized(value), scope
        )
    return is_shape_parameter(context.module, node, scope)


def _plain(call: Node | None) -> bool:
    """Whether a call has no arguments."""
    arguments = call.child_by_field_name("arguments") if call is not None else None
    return arguments is not None and not argument_nodes(arguments)
