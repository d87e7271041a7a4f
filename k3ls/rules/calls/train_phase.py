"""`K.in_train_phase` and `K.in_test_phase`.

## What it does

Finds these functions where `training` is known, given to them or a parameter of the function
around, and writes a conditional expression.

## Why

Keras 3 has no learning phase; `call` is told by its argument `training`:

    AttributeError: module 'keras.backend' has no attribute 'in_train_phase'

## Example

    def call(self, inputs, training=None):
        def dropped():
            return keras.ops.zeros_like(inputs)

        return K.in_train_phase(dropped, inputs, training=training)

becomes

    def call(self, inputs, training=None):
        def dropped():
            return keras.ops.zeros_like(inputs)

        return (dropped() if training else inputs)

## Fix safety

Unsafe: right where `training` is a Python value, as it is in `call`. Without `training` in sight
there is no fix: take it as an argument of `call`.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, given_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import BindingKind, Reference, Scope, kind_of
from k3ls.syntax import text, unparenthesized
from k3ls.text import Edit

RULE = Rule("K207", "train-phase", Severity.ERROR)

NAMES = ("keras.backend.in_train_phase", "keras.backend.in_test_phase")
_PARAMETERS = (("x", None), ("alt", None), ("training", "None"))


@RULE.reference("keras.backend", "tensorflow.keras.backend", "tensorflow.compat.v2.keras.backend")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    paths = {canonical(name) for name in context.module.qualified(reference)}
    path = paths.pop() if len(paths) == 1 else None
    if path not in NAMES:
        return
    message = f"Keras 3 has no `{path.replace('keras.backend', 'K')}`: choose by `training`"
    fix = None
    try:
        if reference.call is None:
            raise RefusedError("it is handed on")
        source = _written(reference.call, path, reference.scope, context)
    except RefusedError as reason:
        message += f" ({reason})"
    else:
        edit = Edit(reference.call.start_byte, reference.call.end_byte, source)
        fix = Fix("Choose by `training`", (edit,), Applicability.UNSAFE)
    yield RULE.finding(reference.node.start_byte, reference.node.end_byte, message, fix)


def _written(call: Node, path: str, scope: Scope, context: Context) -> str:
    arguments = call.child_by_field_name("arguments")
    if arguments is not None and any(one.type == "comment" for one in arguments.named_children):
        raise RefusedError("a comment between its arguments would be lost")
    given = given_arguments(call, path, _PARAMETERS)
    if "training" in given and text(given["training"].value) != "None":
        training = context.written(given["training"].value)
    elif scope.holder("training") is not None:
        training = "training"
    else:
        raise RefusedError("`training` isn't known here")
    one = _value(given["x"].value, scope, context)
    other = _value(given["alt"].value, scope, context)
    if path.endswith("in_test_phase"):
        one, other = other, one
    return f"({one} if {training} else {other})"


def _value(node: Node, scope: Scope, context: Context) -> str:
    """The source of an argument's value, or of what it gives if it is a function."""
    node = unparenthesized(node)
    source = context.written(node)
    if node.type == "lambda":
        body = node.child_by_field_name("body")
        if body is None or node.child_by_field_name("parameters") is not None:
            raise RefusedError("its function takes arguments")
        return context.written(body)
    kind = kind_of(context.module, node, scope)
    if kind is not None:
        return f"{source}()" if kind.type == "function" else source
    if node.type != "identifier":
        return source
    bindings = scope.reaching(text(node), node.start_byte)
    if any(one.kind is BindingKind.FUNCTION for one in bindings):
        return f"{source}()"
    first = [one for one in bindings if one.kind is BindingKind.PARAMETER]
    if not bindings or (first and scope.function() is None):
        raise RefusedError(f"`{source}` may be a function")
    return source
