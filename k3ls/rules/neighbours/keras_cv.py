"""KerasCV, which Keras 3 and KerasHub took over.

## What it does

Finds the first import of `keras_cv` in a file, and uses of what Keras 3 has itself.

## Why

The last release is 0.9. It and 0.8 run on Keras 3, 0.7 on its first releases; 0.6 and older raise
when they are imported:

    ModuleNotFoundError: No module named 'tensorflow.keras.__internal__'

## Example

    augment = keras_cv.layers.RandAugment(value_range=(0, 255))

can become

    augment = keras.layers.RandAugment(value_range=(0, 255))

## Fix safety

There is no fix: the layers of Keras 3 are newer ones of the same name, with arguments of their own.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.knowledge.neighbours import neighbour
from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.neighbours.reporting import report
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference

RULE = Rule("K117", "keras-cv", Severity.INFORMATION)

_PACKAGE = "keras_cv"


@RULE.reference(_PACKAGE)
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    yield from report(RULE, reference, context, "KerasCV has ended, with it `{name}`")


@RULE.module
def check_imports(context: Context) -> Iterator[Finding]:
    if context.module.is_own(_PACKAGE):
        return
    for statement in context.module.imports:
        paths = [statement.module] if statement.module else [one.path for one in statement.names]
        if any(path.split(".")[0] == _PACKAGE for path in paths):
            found = neighbour(_PACKAGE)
            assert found is not None
            yield RULE.finding(statement.node.start_byte, statement.node.end_byte, found.row.note)
            # Once is enough for a file.
            return
