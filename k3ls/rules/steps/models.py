"""What a class that derives from a model says of its steps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.rewriting.rewrite import repeatable
from k3ls.semantics import BindingKind, Kind, Scope, class_kind, kind_of, local_classes
from k3ls.syntax import argument_nodes, nodes_of, string_value, text, unparenthesized

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


def reports_loss(cls: Scope, context: Context) -> bool:
    """Whether Keras's own `loss` is among the metrics of a class that derives from a model."""
    if not class_kind(context.module, cls).is_a("keras.Model"):
        return False
    own = own_metrics(cls, context)
    if own is not None and ("super()" not in text(own.node) or '"loss"' in text(own.node)):
        return False
    return metric_names(cls, context).isdisjoint((None, "loss"))


def metric_names(cls: Scope, context: Context) -> set[str | None]:
    """What the metrics are called that a class keeps; None for one whose name isn't told."""
    names: set[str | None] = set()
    for one in local_classes(context.module, cls):
        for binding in (binding for found in one.attributes.values() for binding in found):
            value = unparenthesized(binding.value) if binding.value is not None else None
            kind = kind_of(context.module, value, binding.scope) if value is not None else None
            if value is None or kind is None or not kind.is_a("keras.metrics.Metric"):
                continue
            names.add(_metric_name(value, kind))
    return names


def _metric_name(value: Node, kind: Kind) -> str | None:
    """What a metric is called that an expression makes."""
    arguments = value.child_by_field_name("arguments") if value.type == "call" else None
    if arguments is None:
        return None
    for node in argument_nodes(arguments):
        keyword = node.child_by_field_name("name") if node.type == "keyword_argument" else None
        name = node.child_by_field_name("value") if keyword is not None else node
        if keyword is None or text(keyword) == "name":
            return string_value(name) if name is not None else None
    if kind.scope is not None or kind.name is None:
        return None
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind.name.rpartition(".")[2]).lower()


def computes_loss(cls: Scope, context: Context) -> bool:
    """Whether the class has Keras compute the loss, which Keras 2 then reports, or updates its
    metric."""
    computed = (
        "_loss_tracker",
        "compiled_loss(",
        "compute_loss(",
        "_compile_loss(",
        '.name == "loss"',
        ".name == 'loss'",
    )
    return any(
        one in text(scope.node) for scope in local_classes(context.module, cls) for one in computed
    )


def results_of_metrics(function: Node, model: str) -> Iterator[Node]:
    """The dictionaries `{m.name: m.result() for m in self.metrics}` in a function."""
    pattern = rf"\{{(\w+)\.name:\1\.result\(\)for\1in{re.escape(model)}\.metrics\}}"
    for one in nodes_of(function, "dictionary_comprehension"):
        if re.fullmatch(pattern, re.sub(r"\s", "", text(one))):
            yield one
