"""`==` of the tensors of a functional model.

## What it does

Finds `==` where one side is made of what `keras.Input` gives, and writes `keras.ops.equal`.

## Why

Nothing raises: `inputs == 0` compares the two objects in Keras 3 and gives False. In Keras 2 it
gave a tensor of the model, as `!=`, `<` and the other comparisons still do.

## Example

    inputs = keras.Input((3,))
    padding = inputs == 0

becomes

    inputs = keras.Input((3,))
    padding = keras.ops.equal(inputs, 0)

## Fix safety

Safe: it compares the numbers, as `==` of Keras 2 did. Comparisons with None, and with anything else
that is no number, have no finding.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, Names, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Module, Reference, Scope, kind_of
from k3ls.syntax import argument_nodes, nodes_of
from k3ls.text import Edit

RULE = Rule("K217", "keras-tensor-equality", Severity.ERROR)


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    module = context.module
    if b"Input" not in context.source.data:
        return
    scopes = module.fact("scopes by node", _scopes)
    for node in nodes_of(module.tree.root, "comparison_operator"):
        sides = argument_nodes(node)
        operators = node.children_by_field_name("operators")
        if len(sides) != 2 or len(operators) != 1 or operators[0].type != "==":
            continue
        if any(side.type in ("none", "string", "true", "false") for side in sides):
            continue
        scope = _scope_of(node, scopes, module)
        kinds = [kind_of(module, side, scope) for side in sides]
        if any(kind is not None and kind.type == "keras_tensor" for kind in kinds):
            yield _finding(node, sides, scope, context)


def _finding(node: Node, sides: list[Node], scope: Scope, context: Context) -> Finding:
    message = "`==` of a functional model's tensor compares objects in Keras 3, and gives False"
    fix = None
    names = Names(context, Reference([""], [node], scope, None, node.start_byte))
    try:
        one, other = (context.written(side) for side in sides)
        edit = Edit(node.start_byte, node.end_byte, f"{names('keras.ops.equal')}({one}, {other})")
        if not context.inside_string(node):
            fix = Fix("Compare with `keras.ops.equal`", (edit, *names.imports), Applicability.SAFE)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        message += ": `keras.ops.equal` compares the numbers"
    return RULE.finding(node.start_byte, node.end_byte, message, fix)


def _scopes(module: Module) -> dict[int, Scope]:
    return {scope.node.id: scope for item in module.items for scope in item.scopes}


def _scope_of(node: Node, scopes: dict[int, Scope], module: Module) -> Scope:
    """The scope that an expression is evaluated in."""
    around = node.parent
    while around is not None:
        if around.id in scopes:
            return scopes[around.id]
        around = around.parent
    return module.scope
