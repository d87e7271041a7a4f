"""`decay=` given to an optimizer.

## What it does

Finds optimizers that are made with `decay`, and gives them a schedule as their learning rate.

## Why

Keras 3 leaves the argument unused, so that the learning rate stays what it was:

    UserWarning: Argument `decay` is no longer supported and will be ignored.

## Example

    optimizer = keras.optimizers.SGD(learning_rate=0.1, decay=1e-4, momentum=0.9)

becomes

    optimizer = keras.optimizers.SGD(learning_rate=keras.optimizers.schedules.InverseTimeDecay(0.1, decay_steps=1, decay_rate=1e-4), momentum=0.9)

## Fix safety

Unsafe: the learning rate of each step is the same, but it can't be set any more, as
`ReduceLROnPlateau` and `LearningRateScheduler` do. A `decay` of zero is left out, which is safe.

Since Keras 3.0.
"""  # noqa: E501 - the line that the fix writes

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import (
    UNPACKED,
    Given,
    RefusedError,
    given_arguments,
    list_edits,
    literal,
)
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, kind_of
from k3ls.text import Edit, merged

RULE = Rule("K223", "learning-rate-decay", Severity.WARNING)

_RATES = ("learning_rate", "lr")
# `Nadam` never looked at it.
_WITHOUT = ("keras.optimizers.Nadam", "keras.optimizers.legacy.Nadam")
_SCHEDULE = "keras.optimizers.schedules.InverseTimeDecay"


@RULE.reference("keras", "tensorflow")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    call = reference.call
    if call is None or b"decay" not in (call.text or b""):
        return
    paths = {canonical(name) for name in context.module.qualified(reference)}
    found = symbol(paths.pop() or "") if len(paths) == 1 else None
    if found is None or found.kind != "class" or not found.path.startswith("keras.optimizers."):
        return
    parameters = found.parameters or ()
    if not parameters or parameters[0][0] != "learning_rate":
        return
    arguments = call.child_by_field_name("arguments")
    try:
        every = given_arguments(call, found.path, parameters, unpacked=True)
    except RefusedError:
        return
    decay = every.get("decay")
    if decay is None or arguments is None:
        return
    message = "Keras 3 ignores `decay`: give a schedule as the learning rate"
    fix = None
    try:
        if found.path in _WITHOUT or literal(decay.value) in (0, None):
            message = "Keras 3 has no `decay`"
            kept = [one for one in every.values() if one is not decay]
            edits = list_edits(arguments, kept, [decay], [])
            fix = Fix("Leave out `decay`", tuple(edits), Applicability.SAFE)
        else:
            default = parameters[0][1] or ""
            edits = _scheduled(arguments, every, default, reference, context)
            fix = Fix("Give a schedule", tuple(merged(edits)), Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(decay.node.start_byte, decay.node.end_byte, message, fix)


def _scheduled(
    arguments: Node,
    every: dict[str, Given],
    default: str,
    reference: Reference,
    context: Context,
) -> list[Edit]:
    name = context.name(_SCHEDULE, reference)
    decay = every["decay"]
    rate = next((every[name] for name in _RATES if name in every), None)
    kept = [one for one in every.values() if one is not decay]
    ending = f", decay_steps=1, decay_rate={context.written(decay.value)})"
    if rate is None:
        if UNPACKED in every:
            raise RefusedError("its learning rate may be among the unpacked arguments")
        added = f"learning_rate={name.source}({default}{ending}"
        return [*list_edits(arguments, kept, [decay], [added]), *name.edits]
    kind = kind_of(context.module, rate.value, reference.scope)
    if kind is not None and kind.type not in ("literal", "array", "tensor"):
        raise RefusedError("its learning rate is no number")
    return [
        *list_edits(arguments, kept, [decay], []),
        Edit(rate.value.start_byte, rate.value.start_byte, f"{name.source}("),
        Edit(rate.value.end_byte, rate.value.end_byte, ending),
        *name.edits,
    ]
