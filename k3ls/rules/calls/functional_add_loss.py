"""`add_loss` of a functional or sequential model.

## What it does

Finds `add_loss` called on a model that was put together from layers, from outside.

## Why

A layer, or a model with a `call` of its own, may call `self.add_loss` in `call`. A functional or
sequential model of Keras 3 takes no loss from outside:

    NotImplementedError

## Example

    model = keras.Model(inputs, outputs)
    model.add_loss(keras.ops.mean(x))

Put the loss into a layer that the tensors go through:

    class MeanLoss(keras.layers.Layer):
        def call(self, x):
            self.add_loss(keras.ops.mean(x))
            return x

    model = keras.Model(inputs, head(MeanLoss()(x)))

A loss of weights is a regularizer of the layer that has them.

## Fix safety

There is no fix: the model has to be built another way.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, defines

RULE = Rule("K204", "functional-add-loss", Severity.ERROR)


@RULE.attribute("add_loss")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    if reference.names[-1] != "add_loss" or reference.call is None:
        return
    kind = context.owner(reference, "keras.Model")
    if kind is None or defines(context.module, kind, "call"):
        return
    function = reference.scope.function()
    if function is not None and kind.scope is not None and function.method_class() is kind.scope:
        # `self`, in a class whose instances may be anything.
        return
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    message = "a functional model of Keras 3 takes no `add_loss`: add the loss in a layer's `call`"
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message)
