"""What a class that derives from a model says of its steps."""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.rewriting.rewrite import repeatable
from k3ls.semantics import BindingKind, Scope, class_kind, local_classes
from k3ls.syntax import argument_nodes, text, unparenthesized

STEPS = ("train_step", "test_step", "predict_step")


def steps_of(cls: Scope, context: Context) -> list[Scope]:
    """The steps that a class which derives from a model defines, and that take the data alone."""
    if not class_kind(context.module, cls).is_a("keras.Model"):
        return []
    return [step for name in STEPS for step in _methods(cls, name) if _takes_data(step)]


def _methods(cls: Scope, name: str) -> Iterator[Scope]:
    bound = cls.bindings.get(name, ())
    if bound and bound[-1].kind is BindingKind.FUNCTION and bound[-1].inner is not None:
        yield bound[-1].inner


def _takes_data(step: Scope) -> bool:
    parameters = step.node.child_by_field_name("parameters")
    given = argument_nodes(parameters) if parameters is not None else []
    return len(given) == 2 and not given[1].type.endswith("splat_pattern")


def self_name(method: Scope) -> str:
    """What a method calls its object."""
    parameters = method.node.child_by_field_name("parameters")
    first = argument_nodes(parameters)[:1] if parameters is not None else []
    return text(first[0]) if first else ""


def forward_input(predicted: Node, model: Node, scope: Scope) -> str:
    """What the model was called on for a prediction, as source; `None` where it isn't told."""
    bindings = (
        scope.reaching(text(predicted), predicted.start_byte)
        if predicted.type == "identifier"
        else []
    )
    value = bindings[0].value if len(bindings) == 1 else None
    if len(bindings) == 1 and bindings[0].kind is BindingKind.PARAMETER and "x" in scope.bindings:
        return "x"
    value = unparenthesized(value) if value is not None else None
    if value is None or value.type != "call" or bindings[0].kind is not BindingKind.ASSIGNMENT:
        return "None"
    function = value.child_by_field_name("function")
    arguments = value.child_by_field_name("arguments")
    given = argument_nodes(arguments)[:1] if arguments is not None else []
    if function is None or text(function) != text(model) or not given or not repeatable(given[0]):
        return "None"
    inputs = given[0]
    if inputs.type == "identifier":
        name = text(inputs)
        before = scope.reaching(name, inputs.start_byte)
        if before != scope.reaching(name, predicted.start_byte):
            return "None"
    return text(inputs)


def own_metrics(cls: Scope, context: Context) -> Scope | None:
    """The property by which a class says itself what its metrics are."""
    for one in local_classes(context.module, cls):
        bound = one.bindings.get("metrics")
        if bound and bound[-1].inner is not None:
            return bound[-1].inner
    return None
