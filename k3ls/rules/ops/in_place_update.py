"""`x += y` on a tensor.

## What it does

Finds augmented assignments to names of tensors that others may hold too, or that gradients may
need, and writes them out.

## Why

TensorFlow and JAX make a new tensor. torch changes the tensor itself: the layer before sees its
output changed, as does the one who gave the argument, and broadcasting can't make the result
larger. At best that raises:

    RuntimeError: one of the variables needed for gradient computation has been modified by an
    inplace operation

## Example

    def call(self, inputs):
        weights = keras.ops.exp(inputs)
        weights /= keras.ops.sum(weights, axis=1, keepdims=True)
        return weights * inputs

becomes

    def call(self, inputs):
        weights = keras.ops.exp(inputs)
        weights = weights / keras.ops.sum(weights, axis=1, keepdims=True)
        return weights * inputs

## Fix safety

Safe: on TensorFlow and JAX it is the same. Nothing is said of sums and products that are not used
between, as a loss that is added up, where changing them does no harm.

Since Keras 3.0, on torch.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import (
    Binding,
    BindingKind,
    Scope,
    class_kind,
    kind_of,
    stays_tensorflow,
)
from k3ls.syntax import nodes_of, text, unparenthesized
from k3ls.text import Edit

RULE = Rule("K311", "in-place-update", Severity.WARNING, backends_only=True)

# What gives a new tensor whose value no gradient needs.
_FRESH = frozenset(
    "add batch_dot concat concatenate dot einsum matmul mean multiply ones ones_like reduce_mean"
    " reduce_sum stack subtract sum tensordot zeros zeros_like".split()
)
_LOOPS = ("for_statement", "while_statement")


@RULE.function
def check(function: Scope, context: Context) -> Iterator[Finding]:
    if stays_tensorflow(context.module, function):
        return
    for update in _updates(function.node):
        name = update.child_by_field_name("left")
        operator = update.child_by_field_name("operator")
        value = update.child_by_field_name("right")
        if name is None or operator is None or value is None or name.type != "identifier":
            continue
        if not _is_tensor(name, function, context) or _harmless(update, name, function, context):
            continue
        kept = text(name)
        sign = text(operator).removesuffix("=")
        bare = value.type in _ATOMS or (sign in "+-" and _is_product(value))
        edits = [Edit(operator.start_byte, operator.end_byte, f"= {kept} {sign}")]
        if not bare:
            edits.append(Edit(value.start_byte, value.start_byte, "("))
            edits.append(Edit(value.end_byte, value.end_byte, ")"))
        yield RULE.finding(
            update.start_byte,
            update.end_byte,
            f"torch changes the tensor itself, also where it has another name: write"
            f" `{kept} = {kept} {sign} …`",
            Fix("Write it out", tuple(edits), Applicability.SAFE),
        )


_ATOMS = "identifier attribute call subscript integer float parenthesized_expression".split()


def _is_product(value: Node) -> bool:
    operator = value.child_by_field_name("operator")
    return (
        value.type == "binary_operator"
        and operator is not None
        and text(operator) in ("*", "/", "@", "**")
    )


def _updates(function: Node) -> list[Node]:
    """The augmented assignments of a function, but for those of functions inside."""
    body = function.child_by_field_name("body")
    found: list[Node] = []
    stack = [body] if body is not None else []
    while stack:
        node = stack.pop()
        if node.type == "augmented_assignment":
            found.append(node)
        elif not node.type.endswith("_definition") and node.type != "lambda":
            stack += node.named_children
    return found


def _is_tensor(name: Node, function: Scope, context: Context) -> bool:
    kind = kind_of(context.module, name, function)
    if kind is not None:
        return kind.is_tensor
    owner = function.method_class()
    bindings = function.reaching(text(name), name.start_byte)
    return (
        owner is not None
        and function.name == "call"
        and class_kind(context.module, owner).is_a("keras.layers.Layer", "keras.losses.Loss")
        and bool(bindings)
        and all(_is_input(one, function) for one in bindings)
    )


def _is_input(binding: Binding, function: Scope) -> bool:
    """Whether it is the first parameter of `call` after `self`, or of a loss the second."""
    parameters = function.node.child_by_field_name("parameters")
    names = [text(one) for one in parameters.named_children[1:2]] if parameters is not None else []
    return binding.kind is BindingKind.PARAMETER and binding.name in names


def _harmless(update: Node, name: Node, function: Scope, context: Context) -> bool:
    """Whether nothing else can see the change."""
    bindings = [
        one for one in function.reaching(text(name), name.start_byte) if one.value != update
    ]
    if not all(_is_fresh(one, function, context) for one in bindings):
        return False
    start = min((one.node.end_byte for one in bindings), default=0)
    end = max([update.start_byte, *(one.end_byte for one in _loops(update))])
    return not any(
        start < one.start_byte < end and text(one) == text(name) and not _is_target(one)
        for one in nodes_of(function.node, "identifier")
    )


def _is_fresh(binding: Binding, function: Scope, context: Context) -> bool:
    value = unparenthesized(binding.value) if binding.value is not None else None
    if value is None or binding.item is not None or binding.kind is not BindingKind.ASSIGNMENT:
        return False
    if value.type in ("integer", "float", "augmented_assignment"):
        return True
    if value.type == "binary_operator":
        operator = value.child_by_field_name("operator")
        return operator is not None and text(operator) != "**"
    called = value.child_by_field_name("function") if value.type == "call" else None
    if called is None:
        return False
    kind = kind_of(context.module, called, function)
    return text(called).rpartition(".")[2] in _FRESH or (
        kind is not None and kind.is_a("keras.losses.Loss")
    )


def _loops(node: Node) -> Iterator[Node]:
    """The loops around a statement."""
    around = node.parent
    while around is not None and not around.type.endswith("_definition"):
        if around.type in _LOOPS:
            yield around
        around = around.parent


def _is_target(name: Node) -> bool:
    parent = name.parent
    return (
        parent is not None
        and parent.type in ("assignment", "augmented_assignment")
        and parent.child_by_field_name("left") == name
    )
