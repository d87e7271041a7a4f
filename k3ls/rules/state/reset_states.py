"""`reset_states` of a model.

## What it does

Finds `model.reset_states()`, and resets the layers of the model that keep states.

## Why

Models of Keras 3 have no such method; their recurrent layers have:

    AttributeError: 'Sequential' object has no attribute 'reset_states'

## Example

    model.reset_states()

becomes

    for layer in model.layers:
        if hasattr(layer, "reset_states"):
            layer.reset_states()

## Fix safety

Unsafe: recurrent layers in models inside the model aren't reached.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import RefusedError, repeatable
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference
from k3ls.syntax import argument_nodes
from k3ls.text import Edit

RULE = Rule("K227", "reset-states", Severity.ERROR)


@RULE.attribute("reset_states")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    attribute = reference.node.child_by_field_name("attribute")
    if reference.names[-1] != "reset_states" or attribute is None:
        return
    if context.owner(reference, "keras.Model") is None:
        return
    message = "models of Keras 3 have no `reset_states`: call that of each layer which keeps states"
    fix = None
    try:
        fix = Fix("Reset the layers", (_edit(reference, context),), Applicability.UNSAFE)
    except RefusedError as reason:
        message += f" ({reason})"
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _edit(reference: Reference, context: Context) -> Edit:
    call = reference.call
    arguments = call.child_by_field_name("arguments") if call is not None else None
    if call is None or arguments is None or argument_nodes(arguments):
        raise RefusedError("it isn't called, or with arguments")
    model = reference.nodes[-2]
    name = context.free_name("layer", reference.scope)
    layers = f"for {name} in {context.written(model)}.layers"
    test = f'if hasattr({name}, "reset_states")'
    statement = call.parent
    alone = (
        statement is not None
        and statement.type == "expression_statement"
        and alone_on_line(statement, context.source)
        and repeatable(model)
    )
    if not alone or statement is None:
        source = f"[{name}.reset_states() {layers} {test}]"
        return Edit(call.start_byte, call.end_byte, source)
    before = context.source.newline + context.indentation(statement)
    lines = [
        f"{layers}:",
        f"{before}{context.indent}{test}:",
        f"{before}{context.indent * 2}{name}.reset_states()",
    ]
    return Edit(call.start_byte, call.end_byte, "".join(lines))
