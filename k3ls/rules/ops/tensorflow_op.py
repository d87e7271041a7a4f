"""A TensorFlow op that `keras.ops` has too.

## What it does

Finds calls of TensorFlow ops that are in the op table, and writes them with `keras.ops`: names,
argument names, defaults that differ, and literals such as dtypes and layouts.

## Why

A TensorFlow op runs on the TensorFlow backend alone. On JAX and torch it raises, or silently
moves the computation out of the compiled program; applied to the input of a functional model,
it raises on every backend:

    ValueError: A KerasTensor cannot be used as input to a TensorFlow function.

## Example

    y = tf.reduce_mean(x, axis=-1)
    i = tf.argmax(y)

becomes

    y = keras.ops.mean(x, axis=-1)
    i = keras.ops.argmax(y, axis=0)

## Fix safety

Every row of the op table has been executed: TensorFlow's op against its rewrite, on TensorFlow,
JAX and torch, with floating and integer tensors. Where values and dtypes agreed everywhere, the
fix is safe; where they agreed only for some dtypes, it is safe if the code shows the input's
dtype, and unsafe otherwise. In a module that handles ragged, sparse or string tensors every fix
is unsafe. Code that tf.data runs stays TensorFlow and has no finding.
`k3ls op NAME` shows a row.

Since Keras 3.0; `k3ls op` names the release on which a row was verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.ops import Op, op
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, bind, merged, rewrite
from k3ls.rules.rule import Rule
from k3ls.semantics import Module, Reference, kind_of, stays_tensorflow
from k3ls.syntax import argument_nodes
from k3ls.text import Edit

RULE = Rule("K301", "tensorflow-op", Severity.INFORMATION, backends_only=True)

# What `keras.ops` can't take: the rows were verified on dense tensors of numbers.
_SPECIAL = (
    "tensorflow.ragged",
    "tensorflow.sparse",
    "tensorflow.strings",
    "tensorflow.RaggedTensor",
    "tensorflow.SparseTensor",
    "tensorflow.string",
)


@RULE.reference("tensorflow")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    rows = {op(name) for name in context.module.qualified(reference)}
    row = rows.pop() if len(rows) == 1 else None
    if row is None or stays_tensorflow(context.module, reference.scope):
        return
    node = reference.node
    message = f"`{row.name}` runs on TensorFlow only"
    fix: Fix | None = None
    if reference.call is None:
        message += f"; `{row.target}` runs on every backend" if row.target else ""
    else:
        try:
            fix, target = _fix(reference, row, context)
        except (RefusedError, NoNameError) as reason:
            message += f" and can't be replaced here: {reason}"
        else:
            message += f"; `{target}` runs on every backend"
    message += "."
    if row.note:
        message += f" {row.note}"
    if row.check and fix is not None:
        message += f" Check: {row.check}."
    yield RULE.finding(node.start_byte, node.end_byte, message, fix)


def _fix(reference: Reference, row: Op, context: Context) -> tuple[Fix, str]:
    call = reference.call
    assert call is not None
    imports: list[Edit] = []
    written: list[str] = []

    def name_for(path: str) -> str:
        name = context.name(path, reference)
        imports.extend(name.edits)
        written.append(name.source)
        return name.source

    _refuse_computed_axis(call, row, reference, context)
    dtype = _dtype_of_first(call, reference, context)
    edits, form = rewrite(call, row, context.module, reference.scope, name_for)
    if any('"' in edit.text or "'" in edit.text for edit in edits) and context.inside_string(call):
        raise RefusedError("quotes inside an f-string")
    if form.differs(dtype):
        raise RefusedError(f"for this dtype ({dtype}) the values differ")
    safe = form.agrees(dtype)
    if row.check or row.random:
        safe = False
    if safe and context.module.fact("special tensors", _has_special_tensors):
        safe = False
    fix = Fix(
        f"Replace `{row.name}` with `{written[0]}`",
        (*edits, *merged(list(dict.fromkeys(imports)))),
        Applicability.SAFE if safe else Applicability.UNSAFE,
    )
    return fix, form.target


def _refuse_computed_axis(call: Node, row: Op, reference: Reference, context: Context) -> None:
    """TensorFlow takes a tensor for an axis, Keras only Python numbers."""
    given = bind(call, row).get("axis")
    kind = kind_of(context.module, given.value, reference.scope) if given is not None else None
    if kind is not None and kind.is_tensor:
        raise RefusedError("its axis is a tensor")


def _dtype_of_first(call: Node, reference: Reference, context: Context) -> str | None:
    """The dtype class of the first argument, as far as the code shows it."""
    arguments = call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    if not given:
        return None
    first = given[0]
    if first.type == "keyword_argument":
        first = first.child_by_field_name("value") or first
    kind = kind_of(context.module, first, reference.scope)
    return kind.dtype if kind is not None else None


def _has_special_tensors(module: Module) -> bool:
    return any(
        name.startswith(_SPECIAL)
        for reference in module.references
        for name in module.qualified(reference)
    )
