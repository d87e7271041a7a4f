"""An optimizer that is applied to the variables of one part of a model, then of another.

## What it does

Finds models that call `apply_gradients` of one optimizer with different variables, and tells the
optimizer about all of the model's variables first.

## Why

An optimizer of Keras 3 is built by the variables that it is first applied to:

    ValueError: Unknown variable: <Variable path=dense/kernel, …>. This optimizer can only be called
    for the variables it was originally built with.

## Example

    self.optimizer.apply_gradients(zip(gradients_task, self.task.trainable_variables))
    self.optimizer.apply_gradients(zip(gradients_code, self.encoder.trainable_variables))

becomes

    self.optimizer.build(self.trainable_variables)
    self.optimizer.apply_gradients(zip(gradients_task, self.task.trainable_variables))
    self.optimizer.apply_gradients(zip(gradients_code, self.encoder.trainable_variables))

## Fix safety

Unsafe: the same updates as the optimizers of Keras 2 before 2.11 and the legacy ones of later
releases. All variables have to be the model's own.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rule import Rule
from k3ls.rules.steps.models import self_name
from k3ls.semantics import BindingKind, Reference, Scope, class_kind, kind_of, local_classes
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K405", "optimizer-variables", Severity.ERROR)


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for item in context.module.items:
        for cls in item.classes:
            if not class_kind(context.module, cls).is_a("keras.Model"):
                continue
            applied = _applied(cls, item.references, context)
            every = [one for calls in applied.values() for one in calls]
            for calls in applied.values():
                variables = {_variables(reference) for reference in calls}
                if len(variables) < 2 or None in variables:
                    continue
                yield from _findings(cls, calls, every, context)


def _applied(
    cls: Scope, references: list[Reference], context: Context
) -> dict[str, list[Reference]]:
    """The calls of `apply_gradients` in the methods of a class, by their optimizer."""
    found: dict[str, list[Reference]] = {}
    for reference in references:
        method = reference.scope.function()
        if method is None or method.method_class() is not cls or reference.call is None:
            continue
        if reference.names[-1] == "apply_gradients" and len(reference.names) == 3:
            kind = kind_of(context.module, reference.nodes[1], reference.scope)
            other = kind is not None and not kind.is_a("keras.optimizers.Optimizer")
            if reference.names[0] == self_name(method) and not other:
                optimizer = _meant(reference.names[1], cls, self_name(method), context)
                found.setdefault(optimizer, []).append(reference)
    return found


def _meant(attribute: str, cls: Scope, me: str, context: Context) -> str:
    """The attribute that an attribute of the class is, or may be, another name of."""
    for one in local_classes(context.module, cls):
        for binding in one.attributes.get(attribute, ()):
            value = text(binding.value) if binding.value is not None else ""
            if value == f"{me}.optimizer":
                return "optimizer"
    return attribute


def _variables(reference: Reference) -> str | None:
    """The variables that gradients are applied to, as source; None if the call doesn't tell."""
    assert reference.call is not None
    arguments = reference.call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    pairs = given[0].child_by_field_name("arguments") if given and given[0].type == "call" else None
    parts = argument_nodes(pairs) if pairs is not None else []
    if len(parts) != 2 or not text(given[0]).startswith("zip("):
        return None
    variables = parts[1]
    for _ in range(4):
        if variables.type != "identifier":
            break
        bindings = reference.scope.reaching(text(variables), variables.start_byte)
        value = bindings[0].value if len(bindings) == 1 else None
        if value is None or bindings[0].kind is not BindingKind.ASSIGNMENT or bindings[0].item:
            return None
        variables = value
    return "".join(text(variables).split())


def _findings(
    cls: Scope, calls: list[Reference], every: list[Reference], context: Context
) -> Iterator[Finding]:
    """A finding for each method that applies the optimizer.

    Args:
        every: the calls for all optimizers, one of which may be another by a second name.
    """
    seen: set[int] = set()
    for reference in calls:
        method = reference.scope.function()
        if method is None or id(method) in seen:
            continue
        seen.add(id(method))
        me = self_name(method)
        if f".build({me}.trainable_variables)" in text(cls.node):
            return
        inside = [one for one in every if one.scope.function() is method]
        first = _statement(min(inside, key=lambda one: one.node.start_byte).node)
        fix = None
        if alone_on_line(first, context.source):
            optimizer = text(reference.nodes[1])
            written = f"{optimizer}.build({me}.trainable_variables)"
            newline = context.source.newline + context.indentation(first)
            edit = Edit(first.start_byte, first.start_byte, written + newline)
            fix = Fix("Build the optimizer for all variables", (edit,), Applicability.UNSAFE)
        attribute = reference.node.child_by_field_name("attribute") or reference.node
        message = "the optimizer is built by these variables, and later applied to others"
        yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _statement(node: Node) -> Node:
    while node.parent is not None and node.parent.type not in ("block", "module"):
        node = node.parent
    return node
