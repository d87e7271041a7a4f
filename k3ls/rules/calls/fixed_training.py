"""`training=` given to a layer of a functional model.

## What it does

Finds layers and models that are called with `training=True` or `training=False` on a symbolic
tensor, as for Monte Carlo dropout or for a frozen part of a model.

## Why

Nothing raises, and the numbers differ: a functional model of Keras 3 hands its own `training` to
every layer, whatever the layer was called with. `Dropout(0.5)(x, training=True)` drops nothing in
`predict`; `BatchNormalization()(x, training=False)` normalises by the batch in `fit`, and its
statistics move. In Keras 2 both kept what they were given.

## Example

    outputs = keras.layers.Dropout(0.5)(x, training=True)

becomes

    outputs = FixedTraining(keras.layers.Dropout(0.5), True)(x)

with the class, which the fix writes into the file:

    class FixedTraining(keras.layers.Wrapper):
        def __init__(self, layer, fixed, **kwargs):
            super().__init__(layer, **kwargs)
            self.fixed = fixed

        def call(self, inputs, **kwargs):
            return self.layer(inputs, training=self.fixed, **kwargs)

A frozen batch normalisation (`trainable = False`) keeps its statistics in both generations.

## Fix safety

Unsafe: the values and the weights are the same; what looks for the layer in the model finds it as
the wrapper's `layer`.

Since Keras 3.0, seen up to 3.15.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.drop_in import dropped_in
from k3ls.rules.rewriting.rewrite import Given, RefusedError, list_edits, written_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, kind_of
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K208", "fixed-training", Severity.WARNING)


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or b"training" not in (arguments.text or b""):
        return
    given = written_arguments(arguments)
    fixed = next((one for one in given if _is_fixed(one)), None)
    if fixed is None or given[0].parameter:
        return
    tensor = kind_of(context.module, given[0].node, scope)
    symbolic = tensor is not None and (
        tensor.type == "keras_tensor"
        or (
            tensor.type == "items"
            and any(one is not None and one.type == "keras_tensor" for one in tensor.items)
        )
    )
    layer = kind_of(context.module, function, scope)
    if not symbolic or layer is None or layer.type != "object":
        return
    if not layer.is_a("keras.layers.Layer"):
        return
    message = (
        f"`{text(fixed.node)}` has no effect in `fit` and `predict` of Keras 3: a functional model"
        " hands its own `training` to its layers"
    )
    fix = None
    try:
        edits = dropped_in("fixed_training", "FixedTraining", call, scope, context)
        edits += list_edits(arguments, [one for one in given if one is not fixed], [fixed], [])
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    else:
        edits += [
            Edit(function.start_byte, function.start_byte, "FixedTraining("),
            Edit(function.end_byte, function.end_byte, f", {text(fixed.value)})"),
        ]
        fix = Fix("Keep it with a wrapper", tuple(edits), Applicability.UNSAFE)
    yield RULE.finding(fixed.node.start_byte, fixed.node.end_byte, message, fix)


def _is_fixed(argument: Given) -> bool:
    return argument.parameter == "training" and text(argument.value) in ("True", "False", "1", "0")
