"""A function of Keras 2's backend module.

## What it does

Finds functions of `keras.backend` that Keras 3 lacks, such as `K.mean` and `K.switch`, and writes
them with `keras.ops`.

## Why

Keras 3's `keras.backend` has settings such as `floatx` and `epsilon`, and no operations:

    AttributeError: module 'keras.backend' has no attribute 'mean'

TensorFlow's compatibility namespace keeps some of them, on TensorFlow alone. As long as one is
used, the import can't be changed to `keras` either.

## Example

    from tensorflow.keras import backend as K

    loss = K.mean(K.square(y_true - y_pred), axis=-1)

becomes

    import keras

    loss = keras.ops.mean(keras.ops.square(y_true - y_pred), axis=-1)

## Fix safety

As for `tensorflow-op` (K301): each row was executed, Keras 2's function against its rewrite on
TensorFlow, JAX and torch, and is safe where values and dtypes agreed.

Since Keras 3.0; `k3ls op K.mean` names the release on which a row was verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from k3ls.knowledge.ops import Op, op
from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.calls.train_phase import NAMES
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Finding, Fix, Severity
from k3ls.rules.ops.replacing import replacement
from k3ls.rules.rewriting.rewrite import RefusedError, bind
from k3ls.rules.rule import Rule
from k3ls.rules.state.weight import TRACKING, own_attribute, weight_fix
from k3ls.semantics import Reference, class_kind, stays_tensorflow

RULE = Rule("K303", "backend-function", Severity.ERROR)


@RULE.reference("keras.backend", "tensorflow.keras.backend", "tensorflow.compat.v2.keras.backend")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    names = context.module.qualified(reference)
    paths = {canonical(name) for name in names}
    path = paths.pop() if len(paths) == 1 else None
    row = op(path) if path is not None else None
    found = symbol(path or "")
    if row is None or found is None or found.keras3 or found.path in NAMES:
        # `train-phase` speaks of the learning phase.
        return
    compatible = found.compatibility and all(name.startswith("tensorflow.") for name in names)
    if compatible and stays_tensorflow(context.module, reference.scope):
        return
    said, fixes = replacement(reference, row, context)
    if row.name == "K.variable":
        weight = _weight(reference, row, context)
        fixes = [weight] if weight is not None else fixes
    node = reference.node
    yield RULE.finding(
        node.start_byte,
        node.end_byte,
        f"Keras 3 has no `{row.name}`{said}",
        *fixes,
        severity=Severity.WARNING if compatible else Severity.ERROR,
    )


def _weight(reference: Reference, row: Op, context: Context) -> Fix | None:
    """The fix that makes a weight of a layer's variable: Keras can put off making it, as it has to
    where a layer is built by another one."""
    found = own_attribute(reference, context)
    kind = class_kind(context.module, found[1]) if found is not None else None
    if kind is None or reference.call is None or not kind.is_a(*TRACKING):
        return None
    try:
        given = bind(reference.call, row)
        initial = replace(given.pop("value"), parameter="initial_value")
        arguments = {"initial_value": initial, **given}
        return weight_fix(reference, arguments, kind, context, own_dtype=False)
    except (NoNameError, RefusedError):
        return None
