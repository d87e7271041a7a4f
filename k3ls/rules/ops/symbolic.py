"""Tensors of functional models among the arguments of an operation."""

from __future__ import annotations

from tree_sitter import Node

from k3ls.knowledge.ops import op
from k3ls.rules.context import Context
from k3ls.semantics import Kind, Reference, kind_of
from k3ls.syntax import argument_nodes


def symbolic_arguments(reference: Reference, context: Context) -> list[Node]:
    """The values among the arguments of a call that are made of `keras.Input`, or hold such."""
    call = reference.call
    arguments = call.child_by_field_name("arguments") if call is not None else None
    if arguments is None:
        return []
    values = [
        one.child_by_field_name("value") if one.type == "keyword_argument" else one
        for one in argument_nodes(arguments)
    ]
    return [
        one
        for one in values
        if one is not None and _is_symbolic(kind_of(context.module, one, reference.scope))
    ]


def _is_symbolic(kind: Kind | None) -> bool:
    if kind is None:
        return False
    if kind.type in ("items", "collection"):
        return any(_is_symbolic(one) for one in kind.items)
    return kind.type == "keras_tensor"


def takes_tensors(name: str) -> bool:
    """Whether a function of TensorFlow is an operation, which refuses symbolic tensors."""
    package, _, last = name.removeprefix("tensorflow.").removeprefix("compat.v1.").rpartition(".")
    if last.startswith("assert") or last in _HARMLESS:
        return False
    other = package.startswith(("debugging", "nest"))
    return package in _PACKAGES or (op(name) is not None and not other)


# Functions that take whatever they are given, symbolic tensors as they are.
_HARMLESS = frozenset(
    "print Print is_tensor is_symbolic_tensor get_static_value executing_eagerly function".split()
)
_PACKAGES = frozenset(
    "audio bitwise image linalg math nn quantization ragged signal sparse strings".split()
)
