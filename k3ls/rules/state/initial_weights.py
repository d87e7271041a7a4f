"""`weights=` given to a layer.

## What it does

Finds layers that are made with `weights=`, and sets the weights once the layer has been called or
added.

## Why

Only `Embedding` of Keras 3 takes initial weights:

    ValueError: Unrecognized keyword arguments passed to Dense: {'weights': [array(...)]}

## Example

    outputs = keras.layers.Dense(3, weights=[kernel, bias])(inputs)

becomes

    layer = keras.layers.Dense(3)
    outputs = layer(inputs)
    layer.set_weights([kernel, bias])

## Fix safety

Unsafe: the layer has to be built when it has been called or added, as it is in a model whose inputs
are known. There is no fix where the layer is made and used in different statements.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import Given, RefusedError, list_edits, written_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, defines, kind_of
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit, apply_edits

RULE = Rule("K504", "initial-weights", Severity.ERROR)


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    arguments = call.child_by_field_name("arguments")
    function = call.child_by_field_name("function")
    if function is None or arguments is None or b"weights" not in (arguments.text or b""):
        return
    given = written_arguments(arguments)
    weights = next((one for one in given if one.parameter == "weights"), None)
    if weights is None or text(weights.value) == "None":
        return
    kind = kind_of(context.module, function, scope)
    if kind is None or kind.type != "class" or not kind.is_a("keras.layers.Layer"):
        return
    if kind.is_a("keras.layers.Embedding", "keras.Model") or _takes_weights(kind.scope):
        return
    if kind.scope is None and defines(context.module, kind, "weights"):
        return
    message = "layers of Keras 3 take no `weights`: call `set_weights` once the layer is built"
    fix = None
    try:
        edits = tuple(_edits(call, arguments, given, weights, scope, context))
        fix = Fix("Set the weights afterwards", edits, Applicability.UNSAFE)
    except RefusedError as reason:
        message += f" ({reason})"
    yield RULE.finding(weights.node.start_byte, weights.node.end_byte, message, fix)


def _takes_weights(cls: Scope | None) -> bool:
    """Whether the class's own `__init__` has such a parameter."""
    made = cls.bindings.get("__init__") if cls is not None else None
    inner = made[-1].inner if made else None
    return inner is not None and "weights" in inner.bindings


def _edits(
    call: Node,
    arguments: Node,
    given: list[Given],
    weights: Given,
    scope: Scope,
    context: Context,
) -> Iterator[Edit]:
    statement = _statement(call)
    if statement is None or not alone_on_line(statement, context.source):
        raise RefusedError("the layer isn't called or added in the statement that makes it")
    name = context.free_name("layer", scope)
    kept = [one for one in given if one is not weights]
    inside = [
        edit._replace(start=edit.start - call.start_byte, end=edit.end - call.start_byte)
        for edit in list_edits(arguments, kept, [weights], [])
    ]
    made = apply_edits(context.written(call).encode(), inside).decode()
    before = context.source.newline + context.indentation(statement)
    yield Edit(statement.start_byte, statement.start_byte, f"{name} = {made}{before}")
    yield Edit(call.start_byte, call.end_byte, name)
    value = context.written(weights.value)
    yield Edit(statement.end_byte, statement.end_byte, f"{before}{name}.set_weights({value})")


def _statement(call: Node) -> Node | None:
    """The statement that calls the layer, or adds it to a model, as the first thing it does."""
    parent = call.parent
    if parent is None:
        return None
    if parent.type == "call" and parent.child_by_field_name("function") == call:
        used = parent
    elif parent.type == "argument_list" and parent.parent is not None:
        used = parent.parent
        function = used.child_by_field_name("function")
        attribute = function.child_by_field_name("attribute") if function is not None else None
        if attribute is None or text(attribute) != "add" or len(argument_nodes(parent)) != 1:
            return None
    else:
        return None
    node = used.parent
    if node is not None and node.type == "assignment" and node.child_by_field_name("right") == used:
        node = node.parent
    return node if node is not None and node.type == "expression_statement" else None
