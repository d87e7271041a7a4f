"""The layer that a symbolic tensor comes from.

## What it does

Finds `_keras_history.layer`, and writes `_keras_history.operation`.

## Why

What a symbolic tensor of Keras 3 comes from may be an op as well as a layer:

    AttributeError: 'KerasHistory' object has no attribute 'layer'

## Example

    layer = model.output._keras_history.layer

becomes

    layer = model.output._keras_history.operation

## Fix safety

Unsafe: an op such as `keras.ops.add` has fewer attributes than a layer.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference
from k3ls.text import Edit

RULE = Rule("K242", "keras-history", Severity.ERROR)


@RULE.attribute("_keras_history")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    for before, name, node in zip(
        reference.names, reference.names[1:], reference.nodes[1:], strict=False
    ):
        attribute = node.child_by_field_name("attribute")
        if (before, name) == ("_keras_history", "layer") and attribute is not None:
            edit = Edit(attribute.start_byte, attribute.end_byte, "operation")
            yield RULE.finding(
                attribute.start_byte,
                attribute.end_byte,
                "where a tensor of Keras 3 comes from is its history's `operation`",
                Fix("Replace with `.operation`", (edit,), Applicability.UNSAFE),
            )
