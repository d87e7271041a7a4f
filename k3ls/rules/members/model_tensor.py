"""`model.input` or `model.output` of a sequential model.

## What it does

Finds `input` and `output` of a model that is sequential, or is handed to a function and may be, and
takes `inputs` and `outputs` instead.

## Why

A sequential model of Keras 3 has these properties only once it has been called on another tensor:

    AttributeError: The layer sequential has never been called and thus has no defined output.

Every model that was put together from layers has `inputs` and `outputs`.

## Example

    features = keras.Model(model.input, model.layers[-2].output)
    classes = model.output.shape[-1]

becomes

    features = keras.Model(model.inputs, model.layers[-2].output)
    classes = model.outputs[0].shape[-1]

## Fix safety

Unsafe: the same tensors for a model with one input and one output. For a model of which it isn't
known how it was made this is information.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import BindingKind, Reference, Scope, defines, kind_of
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K110", "model-tensor", Severity.ERROR)


@RULE.attribute("input", "output")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    for index, name in enumerate(reference.names[1:], 1):
        if name not in ("input", "output"):
            continue
        owner, node = reference.nodes[index - 1], reference.nodes[index]
        attribute = node.child_by_field_name("attribute")
        kind = kind_of(context.module, owner, reference.scope)
        if attribute is None or kind is None or kind.type != "object":
            continue
        if not kind.is_a("keras.Model") or defines(context.module, kind, name):
            continue
        sequential = kind.name == "keras.Sequential"
        if not sequential and not (
            kind.name == "keras.Model" and _handed_in(owner, reference.scope)
        ):
            continue
        tensors = f"{name}s" if _of_model(node, reference.scope, context) else f"{name}s[0]"
        edit = Edit(attribute.start_byte, attribute.end_byte, tensors)
        fix = Fix(f"Replace with `.{tensors}`", (edit,), Applicability.UNSAFE)
        which = "a sequential model that" if sequential else "the model if it is sequential and"
        message = f"on Keras 3 `{name}` raises for {which} hasn't been called; `{name}s` doesn't"
        severity = Severity.ERROR if sequential else Severity.INFORMATION
        yield RULE.finding(
            attribute.start_byte, attribute.end_byte, message, fix, severity=severity
        )


def _handed_in(node: Node, scope: Scope) -> bool:
    """Whether a name is a parameter."""
    if node.type != "identifier":
        return False
    bindings = scope.reaching(text(node), node.start_byte)
    return bool(bindings) and all(one.kind is BindingKind.PARAMETER for one in bindings)


def _of_model(node: Node, scope: Scope, context: Context) -> bool:
    """Whether the tensor is the whole of what a model is made of: then a list will do."""
    parent = node.parent
    if parent is not None and parent.type == "keyword_argument":
        parent = parent.parent
    call = parent.parent if parent is not None and parent.type == "argument_list" else None
    function = call.child_by_field_name("function") if call is not None else None
    if function is None:
        return False
    paths = {canonical(name) for name in context.module.names_of(function, scope)}
    return not paths.isdisjoint(("keras.Model", "keras.models.Model"))
