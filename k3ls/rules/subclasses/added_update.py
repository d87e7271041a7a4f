"""`self.add_update` in a layer.

## What it does

Finds `self.add_update` in layers, and leaves the assignments alone that it is given.

## Why

An assignment takes place where it stands, as it did in TensorFlow 2; Keras 3 hasn't got the method:

    AttributeError: 'Memory' object has no attribute 'add_update'

## Example

    self.add_update(self.total.assign_add(keras.ops.sum(inputs)), inputs)

becomes

    self.total.assign_add(keras.ops.sum(inputs))

## Fix safety

Unsafe: under TensorFlow 1 the assignments took place after the step. A function that is given is
called, which Keras 2 did only if the layer was trainable. There is no fix for what isn't a call, a
function or a list of them, and a name whose value isn't known.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line, remove_statement
from k3ls.rules.rewriting.rewrite import RefusedError, given_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import BindingKind, Reference, Scope, defines
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K249", "added-update", Severity.ERROR)

_PARAMETERS = (("updates", None), ("inputs", "None"))
_LISTS = ("list", "tuple")


@RULE.attribute("add_update")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    owner = context.owner(reference, "keras.layers.Layer")
    attribute = reference.node.child_by_field_name("attribute")
    if owner is None or attribute is None or reference.names[-1] != "add_update":
        return
    if defines(context.module, owner, "add_update"):
        return
    message = "Keras 3 has no `add_update`: an assignment takes place where it stands"
    fix = None
    try:
        edit = _edit(reference.call, reference.scope, context)
        fix = Fix("Leave the assignment alone", (edit,), Applicability.UNSAFE)
    except RefusedError as reason:
        message += f" ({reason})"
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _edit(call: Node | None, scope: Scope, context: Context) -> Edit:
    if call is None:
        raise RefusedError("it isn't called")
    updates = given_arguments(call, "add_update", _PARAMETERS)["updates"].value
    statement = call.parent
    if (
        statement is None
        or statement.type != "expression_statement"
        or not alone_on_line(statement, context.source)
    ):
        raise RefusedError("the call isn't a statement of its own")
    each = argument_nodes(updates) if updates.type in _LISTS else [updates]
    if any(one.type not in ("call", "identifier") for one in each):
        raise RefusedError("its updates aren't written out")
    written = []
    for one in each:
        if one.type == "call":
            written.append(context.written(one))
        elif _is_function(one, scope):
            written.append(f"{text(one)}()")
    if not written:
        return remove_statement(context.source, statement)
    between = context.source.newline + context.indentation(statement)
    return Edit(call.start_byte, call.end_byte, between.join(written))


def _is_function(name: Node, scope: Scope) -> bool:
    """Whether a name is a function, which Keras 2 called; not if it is the result of one, which
    has taken place.

    Raises:
        RefusedError: the code doesn't tell.
    """
    bindings = scope.reaching(text(name), name.start_byte)
    values = [one.value for one in bindings]
    if bindings and all(one.kind is BindingKind.FUNCTION for one in bindings):
        return True
    if bindings and all(one is not None and one.type == "lambda" for one in values):
        return True
    if bindings and all(one is not None and one.type in ("call", "list") for one in values):
        return False
    raise RefusedError(f"it isn't known what `{text(name)}` is")
