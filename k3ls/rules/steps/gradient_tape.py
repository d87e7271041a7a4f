"""A gradient tape outside of the steps of a model.

## What it does

Finds `tf.GradientTape` where no `train_step` is: in training loops, callbacks and functions that
ask for gradients.

## Why

Only TensorFlow records what is computed. On JAX a function is differentiated, and is given the
state of the model; on torch the loss is. A loop that computes a loss of predictions and applies
its gradients is what `fit` and `train_on_batch` do on every backend.

## Example

    for x, y in dataset:
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))

is, on every backend, once the model is compiled with this optimizer and loss

    for x, y in dataset:
        loss = model.train_on_batch(x, y)

## Fix safety

There is no fix.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.rule import Rule
from k3ls.rules.steps.models import steps_of
from k3ls.semantics import Reference, Scope, ScopeKind

RULE = Rule("K406", "gradient-tape", Severity.INFORMATION, backends_only=True)


@RULE.reference("tensorflow.GradientTape")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    around = list(reference.scope.enclosing())
    classes = [scope for scope in around if scope.kind is ScopeKind.CLASS]
    if reference.call is None or any(steps_of(cls, context) for cls in classes):
        return
    if any(cls.name == "PortableSteps" for cls in classes):
        return
    message = (
        "only TensorFlow has a tape: JAX differentiates a function (`jax.value_and_grad` of one"
        " that calls `stateless_call`), torch the loss (`backward`)"
    )
    if _trains(around, context):
        message += "; `fit` and `train_on_batch` of a model do it on every backend"
    node = reference.node
    yield RULE.finding(node.start_byte, node.end_byte, message)


def _trains(around: list[Scope], context: Context) -> bool:
    """Whether the gradients are applied in the same function."""
    return any(
        reference.names[-1] in ("apply_gradients", "minimize") and reference.scope in around[:1]
        for reference in context.module.references
    )
