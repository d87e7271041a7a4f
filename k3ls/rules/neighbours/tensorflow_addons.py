"""TensorFlow Addons, which ended with Keras 2.

## What it does

Finds the import of `tensorflow_addons` and every use of it, and replaces what Keras 3 has too. The
import is removed when nothing uses it any more.

## Why

TensorFlow Addons 0.23, the last release, reaches into Keras 2. With Keras 3 installed it can't be
imported:

    ModuleNotFoundError: No module named 'keras.src.engine'

## Example

    import tensorflow_addons as tfa

    layer = tfa.layers.GroupNormalization(groups=4)
    optimizer = tfa.optimizers.LAMB(1e-3)

becomes

    import keras

    layer = keras.layers.GroupNormalization(groups=4)
    optimizer = keras.optimizers.Lamb(1e-3, epsilon=1e-06)

## Fix safety

Each row was executed, TensorFlow Addons on Keras 2 against its replacement on TensorFlow, JAX and
torch, and is safe where values and dtypes agreed. It is unsafe where something has to be known that
the code doesn't show; the finding says what. Names without a counterpart get advice and no fix.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import remove_imported
from k3ls.rules.neighbours.reporting import report
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference

RULE = Rule("K111", "tensorflow-addons", Severity.ERROR)

_PACKAGE = "tensorflow_addons"


@RULE.reference(_PACKAGE)
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    yield from report(RULE, reference, context, "`{name}` can't be imported with Keras 3")


@RULE.module
def check_imports(context: Context) -> Iterator[Finding]:
    if context.module.is_own(_PACKAGE):
        return
    for statement in context.module.imports:
        paths = [statement.module] if statement.module else [one.path for one in statement.names]
        if statement.branch is not None or all(path.split(".")[0] != _PACKAGE for path in paths):
            continue
        unused = [
            name
            for name in statement.names
            if (name.binding.target or "").split(".")[0] == _PACKAGE
            and name.binding not in context.module.uses
            and not context.mentions(name.binding.name)
        ]
        fix: Fix | None = None
        if unused and not context.is_package_init and not context.module.tree.root.has_error:
            edits = remove_imported(context.source, statement, unused)
            fix = Fix("Remove the import", edits, Applicability.SAFE)
        yield RULE.finding(
            statement.node.start_byte,
            statement.node.end_byte,
            "TensorFlow Addons can't be imported with Keras 3, and has no newer release",
            fix,
        )
