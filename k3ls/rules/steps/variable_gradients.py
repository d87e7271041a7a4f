"""Variables that are applied as gradients.

## What it does

Finds `apply_gradients` and `apply` of optimizers with a list of variables, as gradients that were
accumulated, in the place of gradients.

## Why

Keras 3's optimizers on torch hand them to functions that take tensors:

    RecursionError: maximum recursion depth exceeded while calling a Python object

## Example

    optimizer.apply_gradients(zip(self.accumulated, model.trainable_variables))

becomes

    optimizer.apply_gradients(
        zip([one.value for one in self.accumulated], model.trainable_variables)
    )

## Fix safety

Unsafe: the same values, but the list has to hold Keras 3's variables.

Since Keras 3.0, on torch.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, kind_of
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K408", "variable-gradients", Severity.INFORMATION, backends_only=True)


@RULE.attribute("apply_gradients", "apply")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    call = reference.call
    arguments = call.child_by_field_name("arguments") if call is not None else None
    given = argument_nodes(arguments)[:1] if arguments is not None else []
    if not given or context.owner(reference, "keras.optimizers.Optimizer") is None:
        return
    gradients = _zipped(given[0]) if reference.names[-1] == "apply_gradients" else given[0]
    if gradients is None or gradients.type not in ("identifier", "attribute"):
        return
    kind = kind_of(context.module, gradients, reference.scope)
    if kind is None or kind.type != "collection" or not kind.items:
        return
    if not all(one is not None and one.is_a("keras.Variable") for one in kind.items):
        return
    one = context.free_name("variable", reference.scope)
    source = f"[{one}.value for {one} in {context.written(gradients)}]"
    edit = Edit(gradients.start_byte, gradients.end_byte, source)
    yield RULE.finding(
        gradients.start_byte,
        gradients.end_byte,
        f"`{text(gradients)}` are variables, and optimizers on torch take tensors for gradients",
        Fix("Apply their values", (edit,), Applicability.UNSAFE),
    )


def _zipped(node: Node) -> Node | None:
    """The first argument of `zip`."""
    function = node.child_by_field_name("function") if node.type == "call" else None
    arguments = node.child_by_field_name("arguments") if function is not None else None
    if function is None or text(function) != "zip" or arguments is None:
        return None
    given = argument_nodes(arguments)
    return given[0] if given else None
