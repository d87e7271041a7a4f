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

Give the value where the model doesn't reach, in a layer of your own:

    class AlwaysDropout(keras.layers.Dropout):
        def call(self, inputs, training=None):
            return super().call(inputs, training=True)

    outputs = AlwaysDropout(0.5)(x)

A batch normalisation with `trainable = False` keeps its statistics in both generations.

## Fix safety

There is no fix: what takes the layer's place depends on the layer.

Since Keras 3.0, seen up to 3.15.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, kind_of
from k3ls.syntax import argument_nodes, text

RULE = Rule("K208", "fixed-training", Severity.WARNING)


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or b"training" not in (arguments.text or b""):
        return
    given = argument_nodes(arguments)
    fixed = next((one for one in given if _is_fixed(one)), None)
    if fixed is None or given[0].type == "keyword_argument":
        return
    tensor = kind_of(context.module, given[0], scope)
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
    if layer.is_a("keras.layers.Layer"):
        yield RULE.finding(
            fixed.start_byte,
            fixed.end_byte,
            f"`{text(fixed)}` has no effect in `fit` and `predict` of Keras 3: a functional model"
            " hands its own `training` to its layers",
        )


def _is_fixed(argument: Node) -> bool:
    name = argument.child_by_field_name("name")
    value = argument.child_by_field_name("value")
    fixed = value is not None and text(value) in ("True", "False", "1", "0")
    return (
        argument.type == "keyword_argument"
        and name is not None
        and text(name) == "training"
        and fixed
    )
