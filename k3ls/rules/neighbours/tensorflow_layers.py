"""Layers and recurrent cells of TensorFlow 1.

## What it does

Finds names below `tf.compat.v1.layers`, `tf.layers`, `tf.compat.v1.nn.rnn_cell` and
`tf.nn.rnn_cell`.

## Why

They were made of Keras 2's layers, and raise when Keras 3 is installed:

    AttributeError: `dense` is not available with Keras 3.

## Example

    hidden = tf.compat.v1.layers.dense(inputs, 32, activation=tf.nn.relu)

can become

    self.hidden = keras.layers.Dense(32, activation="relu")

in the model's `__init__`, and `self.hidden(inputs)` in its `call`.

## Fix safety

There is no fix: a function of TensorFlow 1 makes its variables where it is called, and shares them
by the scope's name; a layer is made once and called often.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.neighbours.reporting import report
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference

RULE = Rule("K114", "tensorflow-layers", Severity.ERROR)


@RULE.reference(
    "tensorflow.layers",
    "tensorflow.nn.rnn_cell",
    "tensorflow.compat.v1.layers",
    "tensorflow.compat.v1.nn.rnn_cell",
)
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    yield from report(RULE, reference, context, "`{name}` is not available with Keras 3")
