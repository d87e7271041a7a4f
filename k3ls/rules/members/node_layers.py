"""The layers that a node of a functional model joins.

## What it does

Finds `outbound_layer` and `inbound_layers` of the nodes in `layer._inbound_nodes` and
`layer._outbound_nodes`, and reads them as Keras 3 keeps them.

## Why

    AttributeError: 'Node' object has no attribute 'outbound_layer'
    AttributeError: 'Node' object has no attribute 'inbound_layers'

## Example

    for node in layer._outbound_nodes:
        following.append(node.outbound_layer)

becomes

    for node in layer._outbound_nodes:
        following.append(node.operation)

and `node.inbound_layers` is made of what the node's operation was called with.

## Fix safety

Unsafe: nodes are private to Keras, and what they join may be an op that is no layer. Code that asks
with `hasattr` first is left alone.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, repeatable
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, tests
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K248", "node-layers", Severity.ERROR)

_LAYERS = ("outbound_layer", "inbound_layers")


@RULE.attribute(*_LAYERS)
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    for index, name in enumerate(reference.names[1:], 1):
        node, owner = reference.nodes[index], reference.nodes[index - 1]
        attribute = node.child_by_field_name("attribute")
        if name not in _LAYERS or attribute is None or not _from_keras(context):
            continue
        if any(
            test.tells_of(text(owner), reference.scope, node.start_byte)
            for test in tests(context.module, "hasattr").get(text(owner), ())
        ):
            continue
        if index == 1 and reference.names[0] == "self":
            continue
        message = f"nodes of Keras 3 have no `{name}`"
        fix = None
        try:
            if name == "outbound_layer":
                edits = [Edit(attribute.start_byte, attribute.end_byte, "operation")]
            elif repeatable(owner):
                tree = context.name("keras.tree.map_structure", reference)
                given = f"{context.written(owner)}.arguments.args"
                layer = "lambda tensor: tensor._keras_history.operation"
                source = f"{tree.source}({layer}, {given}[0] if {given} else [])"
                edits = [Edit(node.start_byte, node.end_byte, source), *tree.edits]
            else:
                raise RefusedError("the node would be evaluated twice")
            fix = Fix("Read it as Keras 3 keeps it", tuple(edits), Applicability.UNSAFE)
        except (NoNameError, RefusedError) as reason:
            message += f" ({reason})"
        yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _from_keras(context: Context) -> bool:
    """Whether the module reads the nodes of a layer."""
    return b"bound_nodes" in context.source.data
