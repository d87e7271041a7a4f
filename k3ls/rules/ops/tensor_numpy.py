"""`.numpy()` of a tensor.

## What it does

Finds `x.numpy()` where `x` is known to be a tensor, and writes `keras.ops.convert_to_numpy(x)`.

## Why

Only TensorFlow's eager tensors and torch's tensors have the method. On JAX:

    AttributeError: 'ArrayImpl' object has no attribute 'numpy'

and on torch it raises for a tensor that needs a gradient.

## Example

    total = tf.reduce_sum(x)
    print(total.numpy())

becomes

    total = keras.ops.sum(x)
    print(keras.ops.convert_to_numpy(total))

## Fix safety

The same array on every backend, but for a scalar: that was a number of NumPy's, and is an array
without dimensions, which can't be hashed or rounded. Safe where that makes no difference, as in
`float(x.numpy())`, `x.numpy().tolist()` and `np.mean(x.numpy())`; unsafe elsewhere. There is no
finding where it isn't known that the value is a tensor.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, kind_of, stays_tensorflow
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K302", "tensor-numpy", Severity.INFORMATION, backends_only=True)

_NUMBERS = frozenset(("float", "int", "bool", "complex"))


@RULE.attribute("numpy")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    call = reference.call
    if reference.names[-1] != "numpy" or call is None or len(reference.nodes) < 2:
        return
    arguments = call.child_by_field_name("arguments")
    if arguments is None or argument_nodes(arguments):
        return
    value = reference.node.child_by_field_name("object") or reference.nodes[-2]
    kind = kind_of(context.module, value, reference.scope)
    if kind is None or kind.type != "tensor" or stays_tensorflow(context.module, reference.scope):
        return
    fix = None
    message = "only TensorFlow's tensors have `.numpy()`"
    try:
        name = context.name("keras.ops.convert_to_numpy", reference)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        message += "; `keras.ops.convert_to_numpy` works on every backend"
        opening, closing = ("", "") if value.type == "parenthesized_expression" else ("(", ")")
        edits = (
            Edit(value.start_byte, value.start_byte, f"{name.source}{opening}"),
            Edit(value.end_byte, call.end_byte, closing),
            *name.edits,
        )
        safe = _is_array(call, reference, context)
        applicability = Applicability.SAFE if safe else Applicability.UNSAFE
        fix = Fix(f"Replace with `{name.source}(…)`", edits, applicability)
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _is_array(call: Node, reference: Reference, context: Context) -> bool:
    """Whether the value is used so that an array without dimensions is as good as a number."""
    around = call.parent
    if around is None:
        return False
    if around.type in ("attribute", "subscript", "binary_operator", "comparison_operator"):
        # What comes out of arithmetic is a number again.
        return around.child_by_field_name("subscript") is not call
    function = around.parent.child_by_field_name("function") if around.parent is not None else None
    if around.type != "argument_list" or function is None:
        return False
    names = context.module.names_of(function, reference.scope)
    return text(function) in _NUMBERS or (bool(names) and names[0].startswith("numpy."))
