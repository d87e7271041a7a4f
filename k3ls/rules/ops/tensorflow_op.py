"""A TensorFlow op that `keras.ops` has too.

## What it does

Finds calls of TensorFlow ops that are in the op table, and writes them with `keras.ops`: names,
argument names, defaults that differ, and literals such as dtypes and layouts.

## Why

A TensorFlow op runs on the TensorFlow backend alone. On JAX and torch it raises, or silently
moves the computation out of the compiled program; applied to the input of a functional model,
it raises on every backend, as `keras-tensor-op` (K216) says.

## Example

    y = tf.reduce_mean(x, axis=-1)
    i = tf.argmax(y)

becomes

    y = keras.ops.mean(x, axis=-1)
    i = keras.ops.argmax(y, axis=0)

## Fix safety

Every row of the op table has been executed: TensorFlow's op against its rewrite, on TensorFlow, JAX
and torch, with floating and integer tensors. Where values and dtypes agreed everywhere, the fix is
safe; where they agreed only for some dtypes, it is safe if the code shows the input's dtype, and
unsafe otherwise. An op that is handed on as a function, as in `activation=tf.nn.relu`, is replaced
if the Keras function takes the same arguments by position. In a module that handles ragged, sparse
or string tensors every fix is unsafe. `tf.shape` and what puts shapes together is written for the
tuple that Keras has: unsafe, as what is called with it may expect a tensor. Code that tf.data runs
stays TensorFlow and has no finding; nor have `tf.function`, `tf.GradientTape` and other things that
are no ops. `k3ls op NAME` shows a row, and says what may stay.

Since Keras 3.0; `k3ls op` names the release on which a row was verified.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.knowledge.ops import op, other, short_name
from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.ops.replacing import replacement
from k3ls.rules.ops.symbolic import symbolic_arguments, takes_tensors
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, stays_tensorflow

RULE = Rule("K301", "tensorflow-op", Severity.INFORMATION, backends_only=True)


@RULE.reference("tensorflow")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    names = set(context.module.qualified(reference))
    name = names.pop() if len(names) == 1 else ""
    if canonical(name) is not None or stays_tensorflow(context.module, reference.scope):
        return
    row = op(name)
    if symbolic_arguments(reference, context) and takes_tensors(row.names[0] if row else name):
        # `keras-tensor-op` speaks of it.
        return
    node = reference.node
    if row is not None:
        said, fixes = replacement(reference, row, context)
        message = f"`{row.name}` runs on TensorFlow only{said}"
        yield RULE.finding(node.start_byte, node.end_byte, message, *fixes)
        return
    known = other(name)
    if known is not None and not known.stays and reference.call is not None:
        message = f"`{short_name(name)}` runs on TensorFlow only. {known.note}"
        yield RULE.finding(node.start_byte, node.end_byte, message)
