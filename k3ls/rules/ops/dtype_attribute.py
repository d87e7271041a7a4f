"""Attributes of TensorFlow's dtypes.

## What it does

Finds `x.dtype.base_dtype`, `x.dtype.is_floating`, `x.dtype.as_numpy_dtype` and their like, and
writes them with functions of `keras.backend`.

## Why

The dtype of a variable and of a symbolic tensor is a string in Keras 3, and that of a tensor is
what the backend has for it:

    AttributeError: 'str' object has no attribute 'base_dtype'
    AttributeError: 'torch.dtype' object has no attribute 'is_floating'

## Example

    decay = tf.cast(self.decay, variable.dtype.base_dtype)
    if inputs.dtype.is_floating or tf.as_dtype(mask.dtype).is_integer:
        epsilon = np.finfo(inputs.dtype.as_numpy_dtype).eps

becomes

    decay = tf.cast(self.decay, variable.dtype)
    if keras.backend.is_float_dtype(inputs.dtype) or keras.backend.is_int_dtype(mask.dtype):
        epsilon = np.finfo(keras.backend.standardize_dtype(inputs.dtype)).eps

## Fix safety

Safe. Where `as_numpy_dtype` is called, as a class of NumPy's, there is no fix. Code that tf.data
runs stays TensorFlow and has no finding; nor has `name`, which dtypes of NumPy have too, where it
isn't known that the value is a tensor.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, catches, kind_of, stays_tensorflow
from k3ls.syntax import argument_nodes
from k3ls.text import Edit

RULE = Rule("K306", "dtype-attribute", Severity.WARNING)

_FUNCTIONS = {
    "base_dtype": "standardize_dtype",
    "is_floating": "is_float_dtype",
    "is_integer": "is_int_dtype",
    "as_numpy_dtype": "standardize_dtype",
    "name": "standardize_dtype",
}
_CONVERSIONS = frozenset(
    f"tensorflow.{prefix}as_dtype" for prefix in ("", "dtypes.", "compat.v1.", "compat.v2.")
)


@RULE.attribute("dtype")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    place = reference.names.index("dtype", 1) + 1
    name = reference.names[place] if place < len(reference.names) else ""
    if name not in _FUNCTIONS or _is_fine(reference, context):
        return
    dtype, node = reference.nodes[place - 1 : place + 1]
    if name == "name":
        owner = kind_of(context.module, reference.nodes[place - 2], reference.scope)
        if owner is None or not owner.is_tensor:
            return
    if name == "base_dtype" and reference.names[place + 1 : place + 2] == ["name"]:
        yield _replaced(reference.nodes[place + 1], name, dtype, reference, context)
    elif name == "base_dtype":
        edit = Edit(dtype.end_byte, node.end_byte, "")
        fix = Fix("Take the dtype itself", (edit,), Applicability.SAFE)
        yield _finding(node, name, fix)
    elif name == "as_numpy_dtype" and (node is not reference.node or reference.call is not None):
        # A class of NumPy's.
        yield _finding(node, name, None)
    else:
        yield _replaced(node, name, dtype, reference, context)


@RULE.attribute(*_FUNCTIONS)
def check_conversion(reference: Reference, context: Context) -> Iterator[Finding]:
    name = reference.names[-1]
    dtype = _converted(reference.nodes[0], reference, context)
    if len(reference.names) != 2 or name not in _FUNCTIONS or reference.call is not None:
        return
    if dtype is not None and not _is_fine(reference, context):
        yield _replaced(reference.node, name, dtype, reference, context)


def _is_fine(reference: Reference, context: Context) -> bool:
    """Whether code stays TensorFlow, or knows that the attribute may not be there."""
    return stays_tensorflow(context.module, reference.scope) or catches(
        reference.node, "AttributeError"
    )


def _replaced(
    node: Node, name: str, dtype: Node, reference: Reference, context: Context
) -> Finding:
    try:
        function = context.name(f"keras.backend.{_FUNCTIONS[name]}", reference)
    except NoNameError:
        return _finding(node, name, None)
    source = f"{function.source}({context.written(dtype)})"
    edits = (Edit(node.start_byte, node.end_byte, source), *function.edits)
    fix = Fix(f"Replace with `{function.source}(…)`", edits, Applicability.SAFE)
    return _finding(node, name, fix)


def _finding(node: Node, name: str, fix: Fix | None) -> Finding:
    attribute = node.child_by_field_name("attribute") or node
    message = f"a dtype is a string in Keras 3, or the backend's own, without `{name}`"
    return RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _converted(owner: Node, reference: Reference, context: Context) -> Node | None:
    """What `tf.as_dtype` is called with."""
    function = owner.child_by_field_name("function") if owner.type == "call" else None
    arguments = owner.child_by_field_name("arguments")
    if function is None or arguments is None:
        return None
    names = context.module.names_of(function, reference.scope)
    given = argument_nodes(arguments)
    if not names or not _CONVERSIONS.issuperset(names) or len(given) != 1:
        return None
    return None if given[0].type == "keyword_argument" else given[0]
