"""`minimize` of an optimizer.

## What it does

Finds `optimizer.minimize(loss, var_list)`, and writes the gradient tape and `apply_gradients` in
its place.

## Why

Optimizers of Keras 3 know nothing of the backend's way to compute gradients:

    AttributeError: 'SGD' object has no attribute 'minimize'

## Example

    optimizer.minimize(lambda: loss_of(model), [w, b])

becomes

    with tf.GradientTape() as tape:
        loss_value = loss_of(model)
    optimizer.apply_gradients(zip(tape.gradient(loss_value, [w, b]), [w, b]))

## Fix safety

Unsafe: the same update, but on TensorFlow alone; JAX and torch compute gradients in other ways.
There is a fix where the call is a statement of its own, or the beginning of what is assigned.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import RefusedError, given_arguments, repeatable
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, Scope
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K202", "optimizer-minimize", Severity.ERROR)

_SCALING = "keras.mixed_precision.LossScaleOptimizer"
_PARAMETERS = (("loss", None), ("var_list", None), ("tape", "None"), ("name", "None"))


@RULE.attribute("minimize")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    owner = reference.node.child_by_field_name("object")
    if reference.names[-1] != "minimize" or owner is None:
        return
    optimizers = (_SCALING, "keras.optimizers.Optimizer")
    if context.owner(reference, *optimizers) is None:
        return
    message = "optimizers of Keras 3 have no `minimize`: compute the gradients with the backend"
    fix = None
    try:
        if reference.call is None:
            raise RefusedError("it is handed on")
        scaled = context.owner(reference, _SCALING) is not None
        edits = tuple(_edits(reference.call, owner, reference.scope, context, scaled=scaled))
    except RefusedError as reason:
        message += f" ({reason})"
    else:
        fix = Fix("Compute the gradients with a tape of TensorFlow", edits, Applicability.UNSAFE)
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _edits(
    call: Node, optimizer: Node, scope: Scope, context: Context, *, scaled: bool
) -> Iterator[Edit]:
    given = given_arguments(call, "minimize", _PARAMETERS)
    statement = _statement(call)
    if statement is None or not alone_on_line(statement, context.source):
        raise RefusedError("it isn't a statement of its own")
    if not repeatable(optimizer):
        raise RefusedError("the optimizer would be evaluated more than once")
    name = text(optimizer)
    lines = []
    value, loss = given["var_list"].value, given["loss"].value
    if repeatable(value):
        variables = text(value)
    else:
        variables = context.free_name("variables", scope)
        written = _called(value, context) if value.type == "lambda" else context.written(value)
        lines.append(f"{variables} = {written}")
    if "tape" in given and text(given["tape"].value) != "None":
        if scaled:
            raise RefusedError("the loss has to be scaled where the tape records it")
        if not repeatable(given["tape"].value) or not repeatable(loss):
            raise RefusedError("the tape or the loss would be evaluated elsewhere")
        tape, minimized = text(given["tape"].value), text(loss)
    else:
        library = context.tensorflow(scope, call.start_byte)
        if library is None:
            raise RefusedError("TensorFlow isn't imported here")
        tape = context.free_name("tape", scope)
        minimized = context.free_name("loss_value", scope)
        lines += [
            f"with {library}.GradientTape() as {tape}:",
            f"{context.indent}{minimized} = {_scaled(_called(loss, context), name, scaled)}",
        ]
    update = f"{name}.apply_gradients(zip({tape}.gradient({minimized}, {variables}), {variables}))"
    before = context.source.newline + context.indentation(statement)
    if statement.named_children[0].id == call.id:
        yield Edit(call.start_byte, call.end_byte, before.join([*lines, update]))
        return
    start = statement.start_byte
    yield Edit(start, start, "".join(f"{line}{before}" for line in [*lines, update]))
    yield Edit(call.start_byte, call.end_byte, f"{name}.iterations")


def _called(function: Node, context: Context) -> str:
    """The source of what calling `function` without arguments gives."""
    if function.type == "lambda":
        body = function.child_by_field_name("body")
        if function.child_by_field_name("parameters") is None and body is not None:
            bare = "\n" in text(body) and body.type != "parenthesized_expression"
            return f"({context.written(body)})" if bare else context.written(body)
        raise RefusedError("its loss takes arguments")
    if not repeatable(function):
        return f"({context.written(function)})()"
    return f"{text(function)}()"


def _statement(call: Node) -> Node | None:
    """The statement that begins its work with `call`, None for others."""
    node = call
    while node.parent is not None:
        parent = node.parent
        if parent.type == "expression_statement":
            return parent
        begins = (
            (parent.type == "attribute" and parent.child_by_field_name("object") == node)
            or (parent.type == "call" and parent.child_by_field_name("function") == node)
            or (parent.type == "assignment" and parent.child_by_field_name("right") == node)
        )
        if not begins:
            return None
        node = parent
    return None


def _scaled(loss: str, optimizer: str, scaled: bool) -> str:
    """The loss as an optimizer that unscales gradients wants it."""
    return f"{optimizer}.scale_loss({loss})" if scaled else loss
