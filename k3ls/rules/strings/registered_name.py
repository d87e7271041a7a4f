"""The name of an own object, registered with Keras, in a string.

## What it does

Finds strings that neither generation of Keras knows where Keras takes an activation, a constraint,
a regularizer, a loss or a metric: names that code has registered, with `get_custom_objects`,
`custom_object_scope` or `register_keras_serializable`.

## Why

Keras 3 looks for such strings among its own names only; those that are registered count when a
model is loaded:

    ValueError: Could not interpret activation function identifier: mish2
    ValueError: Could not interpret constraint identifier: weight_clip

Initializers and optimizers are still found.

## Example

    keras.utils.get_custom_objects()["mish2"] = mish2
    layer = keras.layers.Dense(3, activation="mish2")

becomes

    keras.utils.get_custom_objects()["mish2"] = mish2
    layer = keras.layers.Dense(3, activation=keras.utils.get_registered_object("mish2"))

## Fix safety

Unsafe: a name that isn't registered gives None, and an activation of None is linear.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.strings import is_custom
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.rules.strings.identifiers import identifiers
from k3ls.semantics import Scope
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K119", "registered-name", Severity.ERROR)

_AREAS = {
    "activation": "activation function",
    "constraint": "constraint",
    "loss": "loss",
    "metric": "metric",
    "regularizer": "regularizer",
}


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    for one in identifiers(call, scope, context.module):
        if one.area not in _AREAS or not is_custom(one.area, one.value):
            continue
        node = one.node
        message = (
            f"Keras 3 looks for strings among its own names: could not interpret"
            f" {_AREAS[one.area]} identifier: {one.value}"
        )
        fix = None
        try:
            name = context.name_at("keras.utils.get_registered_object", node, scope)
        except NoNameError as reason:
            message += f" ({reason})"
        else:
            edit = Edit(node.start_byte, node.end_byte, f"{name.source}({text(node)})")
            title = "Take the object that is registered"
            fix = Fix(title, (edit, *name.edits), Applicability.UNSAFE)
        yield RULE.finding(node.start_byte, node.end_byte, message, fix)
