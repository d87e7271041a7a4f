"""TensorFlow's operations on the tensors of a functional model.

## What it does

Finds operations of TensorFlow that are applied to what `keras.Input` gives and what layers make of
it, also in functions that are called with it; and writes them with `keras.ops`, or puts them into a
`Lambda` layer where `keras.ops` has nothing for them.

## Why

Keras 2 made a layer of each operation. Keras 3 does so with `keras.ops` alone:

    ValueError: A KerasTensor cannot be used as input to a TensorFlow function.

## Example

    inputs = keras.Input((3, 3))
    x = tf.abs(inputs)
    outputs = tf.linalg.expm(x)

becomes

    inputs = keras.Input((3, 3))
    x = keras.ops.absolute(inputs)
    outputs = keras.layers.Lambda(lambda tensor: tf.linalg.expm(tensor))(x)

## Fix safety

For `keras.ops` as for `tensorflow-op` (K301). Unsafe for `Lambda`: it stays with TensorFlow, and a
saved model is loaded with `safe_mode=False` and needs the layer's `output_shape`. `Lambda` takes
tensors of integers and strings for floating numbers: those go into a layer of your own, and there
is no fix.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count

from tree_sitter import Node

from k3ls.knowledge.ops import op, short_name
from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context, Names, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.ops.replacing import replacement
from k3ls.rules.ops.symbolic import symbolic_arguments, takes_tensors
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, kind_of, stays_tensorflow
from k3ls.syntax import nodes_of, text
from k3ls.text import Edit, apply_edits

RULE = Rule("K216", "keras-tensor-op", Severity.ERROR)


@RULE.reference("tensorflow")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    names = set(context.module.qualified(reference))
    name = names.pop() if len(names) == 1 else ""
    if reference.call is None or canonical(name) is not None or not takes_tensors(name):
        return
    symbolic = symbolic_arguments(reference, context)
    if not symbolic or stays_tensorflow(context.module, reference.scope):
        return
    row = op(name)
    said, fixes = replacement(reference, row, context) if row is not None else (".", [])
    message = f"`{short_name(name)}` refuses tensors of a functional model in Keras 3{said}"
    if not fixes:
        try:
            fixes = [_wrapped(reference, symbolic, context)]
        except (RefusedError, NoNameError) as reason:
            message += f" Put it into a layer of your own ({reason})."
        else:
            message += " A `Lambda` layer keeps it."
    node = reference.node
    yield RULE.finding(node.start_byte, node.end_byte, message, *fixes)


def _wrapped(reference: Reference, symbolic: list[Node], context: Context) -> Fix:
    """The fix that puts a call into a `Lambda` layer."""
    call = reference.call
    assert call is not None
    if context.inside_string(call) or any(True for _ in nodes_of(call, "comment")):
        raise RefusedError("it can't be moved here")
    for one in symbolic:
        kind = kind_of(context.module, one, reference.scope)
        dtypes = {kind.dtype} if kind is not None else {None}
        if kind is not None and kind.type == "items":
            dtypes = {part.dtype if part is not None else None for part in kind.items}
        if not dtypes <= {"float", None}:
            raise RefusedError("`Lambda` takes its tensors for floating numbers")
    names = Names(context, reference)
    layer = names("keras.layers.Lambda")
    used = {text(one) for one in nodes_of(call, "identifier")}
    numbered = (f"tensor_{number}" for number in count(2))
    inner = next(one for one in chain(["tensor"], numbered) if one not in used)
    single = len(symbolic) == 1
    edits = [
        Edit(
            one.start_byte - call.start_byte,
            one.end_byte - call.start_byte,
            inner if single else f"{inner}[{index}]",
        )
        for index, one in enumerate(symbolic)
    ]
    body = apply_edits(context.written(call).encode(), edits).decode()
    given = ", ".join(context.written(one) for one in symbolic)
    inputs = given if single else f"[{given}]"
    source = f"{layer}(lambda {inner}: {body})({inputs})"
    edit = Edit(call.start_byte, call.end_byte, source)
    title = f"Put `{text(reference.node)}` into a `Lambda` layer"
    return Fix(title, (edit, *names.imports), Applicability.UNSAFE)
