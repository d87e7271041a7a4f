"""An optimizer that changes gradients in `apply_gradients`.

## What it does

Finds classes that derive from an optimizer and override `apply_gradients`, and makes that an
override of `apply`.

## Why

Nothing raises. `fit` calls `apply_gradients` on TensorFlow alone; JAX and torch train as if it
weren't overridden. `apply` is what all of them come to, `apply_gradients` too.

## Example

    class Halved(keras.optimizers.SGD):
        def apply_gradients(self, grads_and_vars, **kwargs):
            halves = [(grad / 2, variable) for grad, variable in grads_and_vars]
            return super().apply_gradients(halves, **kwargs)

becomes

    class Halved(keras.optimizers.SGD):
        def apply(self, grads, trainable_variables=None):
            grads_and_vars = list(zip(grads, trainable_variables or self._trainable_variables))
            halves = [(grad / 2, variable) for grad, variable in grads_and_vars]
            return super().apply(*zip(*halves))

## Fix safety

Unsafe: `apply_gradients` gave the number of the step, `apply` gives nothing. There is no fix where
the method reads more than the gradients and variables, and where it calls `apply_gradients` of
anything but its base class.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.optimizers.classes import (
    OptimizerClass,
    optimizer_classes,
    parameter_name,
    parameters,
    self_name,
)
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope
from k3ls.syntax import argument_nodes, nodes_of, text
from k3ls.text import Edit

RULE = Rule("K256", "optimizer-apply-gradients", Severity.WARNING, backends_only=True)


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for cls in optimizer_classes(context):
        method = cls.methods.get("apply_gradients")
        if method is None or "apply" in cls.methods:
            continue
        name = method.node.child_by_field_name("name") or method.node
        message = "on JAX and torch `fit` calls `apply`, and never this `apply_gradients`"
        fix = None
        try:
            edits = tuple(_edits(name, method, cls))
            fix = Fix("Override `apply`", edits, Applicability.UNSAFE)
        except RefusedError as reason:
            message += f" ({reason})"
        yield RULE.finding(name.start_byte, name.end_byte, message, fix)


def _edits(name: Node, method: Scope, cls: OptimizerClass) -> Iterator[Edit]:
    context, given = cls.context, parameters(method)
    listed = method.node.child_by_field_name("parameters")
    body = method.node.child_by_field_name("body")
    if listed is None or body is None or len(given) < 2 or method.decorators:
        raise RefusedError("its parameters aren't known")
    first = body.named_children[0]
    if first.start_point.row == method.node.start_point.row or first.type == "comment":
        raise RefusedError("there is no place for the pairs")
    calls = [
        reference.call
        for reference, around in cls.super_references
        if around is method and reference.names[1] == "apply_gradients"
    ]
    if len(calls) != 1 or text(body).count("apply_gradients") != 1:
        raise RefusedError("it calls `apply_gradients` more than once, or of another")
    call = calls[0]
    function = call.child_by_field_name("function") if call is not None else None
    arguments = call.child_by_field_name("arguments") if call is not None else None
    handed = argument_nodes(arguments) if arguments is not None else []
    if call is None or function is None or arguments is None or not handed:
        raise RefusedError("it isn't known what it applies")
    pairs = handed[0]
    if pairs.type in ("keyword_argument", "list_splat", "dictionary_splat"):
        raise RefusedError("it isn't known what it applies")
    if any(True for _ in nodes_of(arguments, "comment")):
        raise RefusedError("a comment between the arguments would be lost")
    others = {parameter_name(one).strip("*") for one in given[2:]}
    for used in nodes_of(body, "identifier"):
        inside = arguments.start_byte <= used.start_byte < arguments.end_byte
        if text(used) in others and not (inside and used.start_byte >= pairs.end_byte):
            raise RefusedError(f"it reads `{text(used)}`")
    itself = self_name(method)
    yield Edit(name.start_byte, name.end_byte, "apply")
    yield Edit(listed.start_byte, listed.end_byte, f"({itself}, grads, trainable_variables=None)")
    line = (
        f"{parameter_name(given[1])} = list(zip(grads, trainable_variables"
        f" or {itself}._trainable_variables))"
    )
    before = context.source.newline + context.indentation(first)
    if first.named_children and first.named_children[0].type == "string":
        yield Edit(first.end_byte, first.end_byte, before + line)
    else:
        yield Edit(first.start_byte, first.start_byte, line + before)
    attribute = function.child_by_field_name("attribute") or function
    yield Edit(attribute.start_byte, attribute.end_byte, "apply")
    yield Edit(arguments.start_byte, arguments.end_byte, f"({_unzipped(pairs, context)})")


def _unzipped(pairs: Node, context: Context) -> str:
    """What gives the gradients and the variables of pairs, as two arguments."""
    function = pairs.child_by_field_name("function")
    arguments = pairs.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    if function is not None and text(function) == "zip" and len(given) == 2:
        return ", ".join(context.written(one) for one in given)
    return f"*zip(*{context.written(pairs)})"
