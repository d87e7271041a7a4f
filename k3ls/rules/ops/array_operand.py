"""A NumPy array and a tensor in one operation.

## What it does

Finds arithmetic of NumPy arrays with tensors, and makes tensors of the arrays.

## Why

TensorFlow and JAX take an array for a tensor. torch doesn't:

    TypeError: unsupported operand type(s) for *: 'numpy.ndarray' and 'Tensor'
    RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy()
    instead.

## Example

    class Masked(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.mask = np.array([0.0, 1.0])

        def call(self, inputs):
            return self.mask * inputs

becomes

    class Masked(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.mask = np.array([0.0, 1.0])

        def call(self, inputs):
            return keras.ops.convert_to_tensor(self.mask, inputs.dtype) * inputs

## Fix safety

Unsafe: the array gets the dtype of the other side, as TensorFlow does it; where that is no name,
the dtype that the layer computes in. There is no fix in functions where neither is known.

Since Keras 3.0, on torch.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, repeatable
from k3ls.rules.rule import Rule
from k3ls.semantics import (
    BindingKind,
    Scope,
    class_kind,
    in_layer_call,
    kind_of,
    stays_tensorflow,
)
from k3ls.syntax import nodes_of, text
from k3ls.text import Edit

RULE = Rule("K314", "array-operand", Severity.INFORMATION, backends_only=True)

_LEFT = "torch takes no tensor behind a NumPy array: make a tensor of it"
_RIGHT = (
    "torch takes no NumPy array where the tensor needs a gradient, and has its dtype otherwise:"
    " make a tensor of it"
)
_ARITHMETIC = ("+", "-", "*", "/", "//", "%", "**", "@")


@RULE.function
def check(function: Scope, context: Context) -> Iterator[Finding]:
    body = function.node.child_by_field_name("body")
    if body is None or stays_tensorflow(context.module, function):
        return
    inner = [one.node for one in _functions_inside(function, context)]
    for operation in nodes_of(body, "binary_operator"):
        if any(one.start_byte <= operation.start_byte < one.end_byte for one in inner):
            continue
        left, right = (operation.child_by_field_name(name) for name in ("left", "right"))
        operator = operation.child_by_field_name("operator")
        if left is None or right is None or operator is None or text(operator) not in _ARITHMETIC:
            continue
        for array, tensor, message in ((left, right, _LEFT), (right, left, _RIGHT)):
            if _is_array(array, function, context) and _is_tensor(tensor, function, context):
                yield _finding(array, tensor, message, function, context)


def _functions_inside(function: Scope, context: Context) -> Iterator[Scope]:
    for item in context.module.items:
        for scope in item.scopes:
            if scope is not function and function in scope.enclosing():
                yield scope


def _finding(array: Node, tensor: Node, message: str, function: Scope, context: Context) -> Finding:
    fix = None
    try:
        name = context.name_at("keras.ops.convert_to_tensor", array, function)
        dtype = _dtype(tensor, function, context)
        bare = array.type != "parenthesized_expression"
        end = array.end_byte if bare else array.end_byte - 1
        edits = (
            Edit(array.start_byte, array.start_byte, name.source + "(" * bare),
            Edit(end, end, f", {dtype}" + ")" * bare),
            *name.edits,
        )
        fix = Fix(f"Convert with `{name.source}`", edits, Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    return RULE.finding(array.start_byte, array.end_byte, message, fix)


def _dtype(tensor: Node, function: Scope, context: Context) -> str:
    """What the dtype of a tensor, or that of the layer around, is written as."""
    if repeatable(tensor) and tensor.type in ("identifier", "attribute"):
        return f"{text(tensor)}.dtype"
    parameters = function.node.child_by_field_name("parameters")
    if not in_layer_call(context.module, function) or parameters is None:
        raise RefusedError("its dtype isn't known")
    return f"dtype={text(parameters.named_children[0])}.compute_dtype"


def _is_array(node: Node, function: Scope, context: Context) -> bool:
    kind = kind_of(context.module, node, function)
    return kind is not None and kind.type == "array"


def _is_tensor(node: Node, function: Scope, context: Context) -> bool:
    kind = kind_of(context.module, node, function)
    if kind is not None:
        return kind.type == "tensor"
    owner = function.method_class()
    parameters = function.node.child_by_field_name("parameters")
    if owner is None or parameters is None or function.name != "call":
        return False
    if not class_kind(context.module, owner).is_a("keras.layers.Layer"):
        return False
    bindings = function.reaching(text(node), node.start_byte) if node.type == "identifier" else []
    first = [text(one) for one in parameters.named_children[1:2]]
    return bool(bindings) and all(
        _is_tensor(one.value, function, context)
        if one.value is not None and one.value.type != "identifier"
        else one.kind is BindingKind.PARAMETER and one.name in first
        for one in bindings
    )
