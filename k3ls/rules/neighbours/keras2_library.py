"""Another library whose layers and models are those of Keras 2.

## What it does

Finds `tensorflow_hub.KerasLayer`, `tensorflow_model_optimization` and
`tensorflow_probability.layers`, and says what there is instead. A file that imports `tf_keras` goes
on with Keras 2, and has no finding.

## Why

These libraries are built on `tf_keras`, which is Keras 2. A layer of theirs is none of Keras 3's:

    ValueError: Only instances of `keras.Layer` can be added to a Sequential model. Received:
    <tensorflow_hub.keras_layer.KerasLayer object at …>

and they take no model of Keras 3:

    ValueError: `to_quantize` can only either be a keras Sequential or Functional model.

Inside a layer of Keras 3, a `KerasLayer` computes, but its weights aren't seen: nothing trains or
saves them.

## Example

    model = keras.Sequential([hub.KerasLayer(handle), keras.layers.Dense(1)])

can become

    body = keras.layers.TFSMLayer(hub.resolve(handle), call_endpoint="serving_default")

whose result is a dict of outputs.

## Fix safety

There is no fix.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.neighbours.reporting import report
from k3ls.rules.rule import Rule
from k3ls.semantics import Module, Reference

RULE = Rule("K112", "keras2-library", Severity.WARNING)


@RULE.reference(
    "tensorflow_hub.KerasLayer",
    "tensorflow_hub.keras_layer.KerasLayer",
    "tensorflow_model_optimization",
    "tensorflow_probability.layers",
    "tensorflow_probability.python.layers",
)
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    if not context.module.fact("imports tf_keras", _imports_tf_keras):
        trouble = "`{name}` is built on Keras 2 (`tf_keras`) and doesn't go with models of Keras 3"
        yield from report(RULE, reference, context, trouble)


def _imports_tf_keras(module: Module) -> bool:
    return any(
        (name.binding.target or "").split(".")[0] == "tf_keras"
        for statement in module.imports
        for name in statement.names
    )
