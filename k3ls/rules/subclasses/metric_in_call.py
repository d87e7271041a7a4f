"""A metric that a layer updates in `call`.

## What it does

Finds `update_state` of a metric in `call` of a layer or model.

## Why

On JAX a compiled step of `fit` hands the model its weights, and no metrics: what `call` does to a
metric is lost, or raises:

    TypeError: Exception encountered when calling LogisticEndpoint.call(). 'NoneType' object is not
    callable

## Example

    class Endpoint(keras.layers.Layer):
        def call(self, logits, targets):
            self.accuracy.update_state(targets, logits)
            return logits

## Fix safety

There is no fix. Give the metric to `compile(metrics=[…])`, or return the value from `call` and
update the metric in `compute_metrics` of the model.

Since Keras 3.0, on JAX.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, in_layer_call

RULE = Rule("K257", "metric-in-call", Severity.INFORMATION, backends_only=True)


@RULE.attribute("update_state")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    if reference.names[-1] != "update_state" or reference.call is None:
        return
    if not in_layer_call(context.module, reference.scope):
        return
    if context.owner(reference, "keras.metrics.Metric") is None:
        return
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    yield RULE.finding(
        attribute.start_byte,
        attribute.end_byte,
        "on JAX a metric can't be updated in `call`: give it to `compile`, or update it in"
        " `compute_metrics` of the model",
    )
