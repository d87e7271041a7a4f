"""`@tf.function` on the methods that a layer's `call` consists of.

## What it does

Finds `@tf.function` on `call` of layers and models, and on the methods that `call` calls, where
these call other layers, and takes it away.

## Why

A layer of Keras 3 that is built while TensorFlow traces such a method is lost to it. If the model
is built in `fit`, that raises; if it was called before, nothing raises, and the method keeps the
weights that the layer began with, whatever it learns. Keras compiles the steps of `fit`, `evaluate`
and `predict` as a whole, with it or without it:

    ValueError: No gradients provided for any variable.

## Example

    class Encoder(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(3)

        @tf.function
        def call(self, inputs):
            return self.dense(inputs)

becomes

    class Encoder(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(3)

        def call(self, inputs):
            return self.dense(inputs)

## Fix safety

Unsafe: a model that is only called, and never given to `fit` or `predict`, runs slower without
it; put `@tf.function` on your own training step then. Where the method has control flow, which
`@tf.function` converted, `@tf.autograph.to_graph` takes its place: it converts and doesn't trace.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line, remove_statement
from k3ls.rules.rule import Rule
from k3ls.semantics import (
    Kind,
    Scope,
    class_kind,
    compiled_functions,
    kind_of,
    local_classes,
    reached_functions,
)
from k3ls.syntax import nodes_of, text
from k3ls.text import Edit

RULE = Rule("K219", "function-in-call", Severity.ERROR)

_CONTROL = (
    "if_statement while_statement for_statement conditional_expression boolean_operator"
    " not_operator assert_statement"
).split()

_STEPS = frozenset(("train_step", "test_step", "predict_step"))


@RULE.function
def check(function: Scope, context: Context) -> Iterator[Finding]:
    owner = function.method_class()
    if owner is None or not function.decorators or function.parent is None:
        return
    module = context.module
    decorator = next((one for one in function.decorators if _traces(one, owner, context)), None)
    if decorator is None or not class_kind(module, owner).is_a("keras.layers.Layer"):
        return
    if not any(one is function for one in compiled_functions(module)):
        return
    if function.name in _STEPS or not _calls_layers(function, owner, context):
        return
    yield RULE.finding(
        decorator.start_byte,
        decorator.end_byte,
        "`@tf.function` in a layer hides the weights of other layers from Keras 3: Keras compiles"
        " the whole step itself",
        _fix(function, decorator, context),
    )


def _traces(decorator: Node, owner: Scope, context: Context) -> bool:
    node = decorator
    if node.type == "call":
        node = node.child_by_field_name("function") or node
    return "tensorflow.function" in context.module.names_of(node, owner)


def _calls_layers(function: Scope, cls: Scope, context: Context) -> bool:
    """Whether the function calls layers that its class doesn't build itself."""
    for one in local_classes(context.module, cls):
        build = one.bindings.get("build")
        if build and build[-1].inner is not None and ".build(" in text(build[-1].inner.node):
            return False
    running = {id(one) for one in reached_functions(context.module, [function])}
    return any(
        callee is not None and _is_layer(kind_of(context.module, callee, scope))
        for item in context.module.items
        for call, scope in item.calls
        if any(id(one) in running for one in scope.enclosing())
        for callee in [call.child_by_field_name("function")]
    )


def _is_layer(kind: Kind | None) -> bool:
    return kind is not None and kind.type == "object" and kind.is_a("keras.layers.Layer")


def _fix(function: Scope, decorator: Node, context: Context) -> Fix | None:
    body = function.node.child_by_field_name("body")
    node = decorator.parent
    if body is None or node is None or not alone_on_line(node, context.source):
        return None
    if any(True for type in _CONTROL for _ in nodes_of(body, type)):
        called = decorator.child_by_field_name("function") or decorator
        name = text(called)
        if not name.endswith(".function"):
            return None
        converted = f"{name.removesuffix('function')}autograph.to_graph"
        edit = Edit(decorator.start_byte, decorator.end_byte, converted)
        return Fix(f"Replace with `@{converted}`", (edit,), Applicability.UNSAFE)
    edit = remove_statement(context.source, node)
    return Fix("Take `@tf.function` away", (edit,), Applicability.UNSAFE)
