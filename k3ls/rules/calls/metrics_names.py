"""`metrics_names` of a model, which has other names.

## What it does

Finds `model.metrics_names` where it is known that the value is a model.

## Why

Nothing raises. Keras 2 gave a name for each number that `evaluate` returns, `["loss", "mae"]`;
Keras 3 gives `["loss", "compile_metrics"]`, whatever metrics the model was compiled with. Code that
pairs the names with the numbers loses all metrics but the first.

## Example

    results = dict(zip(model.metrics_names, model.evaluate(x, y)))

Have `evaluate` give the names itself:

    results = model.evaluate(x, y, return_dict=True)

## Fix safety

There is no fix: it depends on what is done with the names.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference

RULE = Rule("K205", "metrics-names", Severity.WARNING)


@RULE.attribute("metrics_names")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    if reference.names[-1] != "metrics_names" or context.owner(reference, "keras.Model") is None:
        return
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    message = (
        "Keras 3 has `compile_metrics` in `metrics_names` in place of the single metrics: use"
        " `evaluate(…, return_dict=True)`"
    )
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message)
