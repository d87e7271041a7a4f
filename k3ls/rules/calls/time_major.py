"""`time_major=True` of a recurrent layer.

## What it does

Finds recurrent layers that are made with `time_major`. One that is called where it is made gets
its inputs transposed, and what it gives where that is a sequence.

## Why

    ValueError: Unrecognized keyword arguments passed to GRU: {'time_major': True}

Recurrent layers of Keras 3 take `(batch, time, features)`.

## Example

    outputs = keras.layers.GRU(8, time_major=True, return_sequences=True)(steps)

becomes

    outputs = keras.ops.swapaxes(
        keras.layers.GRU(8, return_sequences=True)(keras.ops.swapaxes(steps, 0, 1)), 0, 1
    )

## Fix safety

Safe. There is no fix for a layer that is called elsewhere, that gives its states too, or that is
called with a mask or states.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import Given, RefusedError, list_edits, written_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, kind_of
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K244", "time-major", Severity.ERROR)

_RECURRENT = tuple(f"keras.layers.{name}" for name in ("RNN", "LSTM", "GRU", "SimpleRNN"))


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or b"time_major" not in (arguments.text or b""):
        return
    given = {one.parameter: one for one in written_arguments(arguments) if one.parameter}
    time_major = given.get("time_major")
    kind = kind_of(context.module, function, scope)
    if time_major is None or kind is None or kind.type != "class" or kind.scope is not None:
        return
    if not kind.is_a(*_RECURRENT):
        return
    message = (
        "recurrent layers of Keras 3 have no `time_major`: they take `(batch, time, features)`"
    )
    fix = None
    try:
        kept = [one for one in written_arguments(arguments) if one.parameter != "time_major"]
        edits = list_edits(arguments, kept, [time_major], [])
        if text(time_major.value) != "False":
            edits += _transposes(call, time_major, given, scope, context)
        fix = Fix("Leave `time_major` out", tuple(edits), Applicability.SAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    node = time_major.node
    yield RULE.finding(node.start_byte, node.end_byte, message, fix)


def _transposes(
    call: Node, time_major: Given, given: dict[str, Given], scope: Scope, context: Context
) -> list[Edit]:
    """The edits that transpose the inputs of a layer that is called where it is made, and its
    outputs."""
    if text(time_major.value) != "True":
        raise RefusedError("its value isn't known")
    used = call.parent
    arguments = used.child_by_field_name("arguments") if used is not None else None
    if (
        used is None
        or used.type != "call"
        or used.child_by_field_name("function") != call
        or arguments is None
    ):
        raise RefusedError("the layer is called elsewhere")
    inputs = argument_nodes(arguments)
    if not inputs or "splat" in inputs[0].type or inputs[0].type == "keyword_argument":
        raise RefusedError("its inputs aren't known")
    others = {text(one).partition("=")[0].strip() for one in inputs[1:]}
    if not others <= {"training"}:
        raise RefusedError("it is called with more than its inputs")
    for name in ("return_state", "return_sequences"):
        if name in given and text(given[name].value) not in ("True", "False"):
            raise RefusedError(f"`{name}` isn't known")
    if "return_state" in given and text(given["return_state"].value) == "True":
        raise RefusedError("it gives its states too")
    swapaxes = context.name_at("keras.ops.swapaxes", used, scope)
    wrapped = [inputs[0]]
    if "return_sequences" in given and text(given["return_sequences"].value) == "True":
        wrapped.append(used)
    edits = list(swapaxes.edits)
    for node in wrapped:
        edits.append(Edit(node.start_byte, node.start_byte, f"{swapaxes.source}("))
        edits.append(Edit(node.end_byte, node.end_byte, ", 0, 1)"))
    return edits
