"""`compiled_loss` and `compiled_metrics` of a model.

## What it does

Finds `compiled_loss` and `compiled_metrics`, and calls `compute_loss` and `compute_metrics` in
their place. A test whether one is `None` asks `compiled`.

## Why

On JAX and torch they aren't there. On TensorFlow the loss is right, but nothing reports it any
more, and each metric that is a `Mean`, as that of the loss, is given the predictions:

    AttributeError: 'Regression' object has no attribute 'compiled_loss'
    UserWarning: `model.compiled_metrics()` is deprecated. Instead, use e.g.: …
    {'loss': [-0.0927, -0.1221]}                                     # was [2.1383, 0.1192]

## Example

    y_pred = self(x, training=True)
    loss = self.compiled_loss(y, y_pred, sample_weight, regularization_losses=self.losses)
    self.compiled_metrics.update_state(y, y_pred, sample_weight)
    return {m.name: m.result() for m in self.metrics}

becomes

    y_pred = self(x, training=True)
    loss = self.compute_loss(x, y, y_pred, sample_weight)
    self.compute_metrics(x, y, y_pred, sample_weight)
    return self.get_metrics_result()

## Fix safety

Unsafe: `compute_loss` always adds the model's `losses`. Where the code adds some itself, or none
and the module speaks of regularizers, the fix takes `_compile_loss`, which is private and adds
nothing. That the loss is reported is the matter of `unreported-loss`.

Since Keras 3.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import (
    Given,
    RefusedError,
    given_arguments,
    list_edits,
    repeatable,
)
from k3ls.rules.rule import Rule
from k3ls.rules.steps.models import (
    computes_loss,
    forward_input,
    own_metrics,
    reports_loss,
    results_of_metrics,
    self_name,
)
from k3ls.semantics import Reference, defines, kind_of, local_classes
from k3ls.syntax import text
from k3ls.text import Edit, merged

RULE = Rule("K401", "compiled-loss", Severity.WARNING)

_LOSS = (
    ("y_true", None),
    ("y_pred", None),
    ("sample_weight", "None"),
    ("regularization_losses", "None"),
)
_METRICS = (("y_true", None), ("y_pred", None), ("sample_weight", "None"))
# What adds to a model's losses, or takes them.
_ADDED = re.compile(rb"regularizer|add_loss|\.losses\b(?!\s*(\.|import))")


@RULE.attribute("compiled_loss", "compiled_metrics")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    names = reference.names
    index = next(
        (i for i, name in enumerate(names) if name in ("compiled_loss", "compiled_metrics")), 0
    )
    node, name, rest = reference.nodes[index], names[index], names[index + 1 :]
    model = node.child_by_field_name("object")
    attribute = node.child_by_field_name("attribute")
    owner = kind_of(context.module, model, reference.scope) if model is not None else None
    if attribute is None or model is None or owner is None or owner.type != "object":
        return
    if not owner.is_a("keras.Model") or defines(context.module, owner, name):
        return
    message = f"models of Keras 3 have no `{name}` as it was"
    fix = None
    try:
        if name == "compiled_metrics" and rest == ["update_state"]:
            used, edits = "compute_metrics", _metrics(reference, model, context)
        elif name == "compiled_loss" and not rest and reference.call is not None:
            used, edits = _loss(reference, model, reference.call, context)
        else:
            used, edits = "compiled", _test(node, model)
    except RefusedError as reason:
        message += f" ({reason})"
    else:
        message += f": use `{used}`"
        fix = Fix(f"Use `{used}`", tuple(merged(edits)), Applicability.UNSAFE)
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _loss(
    reference: Reference, model: Node, call: Node, context: Context
) -> tuple[str, list[Edit]]:
    given = given_arguments(call, "compiled_loss", _LOSS)
    added = given.pop("regularization_losses", None)
    edits = _arguments(call, given, [added] if added is not None else [])
    losses = text(added.value) if added is not None else "None"
    plain = losses == "None" and not _ADDED.search(context.source.data)
    if plain or losses == f"{text(model)}.losses":
        edits += _renamed(reference, model, "compute_loss", given["y_pred"], context)
        return "compute_loss", edits
    edits.append(Edit(model.end_byte, reference.node.end_byte, "._compile_loss"))
    if losses != "None":
        if call.parent is None or call.parent.type not in ("assignment", "return_statement"):
            raise RefusedError("it isn't assigned")
        edits.append(Edit(call.end_byte, call.end_byte, f" + sum({losses})"))
    return "_compile_loss", edits


def _metrics(reference: Reference, model: Node, context: Context) -> list[Edit]:
    call = reference.call
    if call is None or call.parent is None or call.parent.type != "expression_statement":
        raise RefusedError("it isn't updated by a statement of its own")
    given = given_arguments(call, "update_state", _METRICS)
    edits = _arguments(call, given, [])
    edits += _renamed(reference, model, "compute_metrics", given["y_pred"], context)
    function = reference.scope.function()
    cls = function.method_class() if function is not None else None
    if function is not None and cls is not None and own_metrics(cls, context) is None:
        results = f"{text(model)}.get_metrics_result()"
        if reports_loss(cls, context) and not computes_loss(cls, context):
            # Keras 2 had no metric `loss` here.
            results = f'{{k: v for k, v in {results}.items() if k != "loss"}}'
        for one in results_of_metrics(function.node, text(model)):
            edits.append(Edit(one.start_byte, one.end_byte, results))
    return edits


def _renamed(
    reference: Reference, model: Node, method: str, predicted: Given, context: Context
) -> list[Edit]:
    """The edits that call a method, which takes the model's inputs first; that of the base class
    where the class has one of its own, which Keras 2 didn't call here."""
    node, function = reference.node, reference.scope.function()
    arguments = node.next_named_sibling
    assert arguments is not None
    cls = function.method_class() if function is not None else None
    owner = context.written(model)
    if function is not None and cls is not None and owner == self_name(function):
        own = any(method in one.bindings for one in local_classes(context.module, cls))
        owner = "super()" if own else owner
    start = arguments.named_children[0].start_byte
    inputs = forward_input(predicted.value, model, reference.scope)
    return [
        Edit(node.start_byte, node.end_byte, f"{owner}.{method}"),
        Edit(start, start, f"{inputs}, "),
    ]


def _arguments(call: Node, given: dict[str, Given], removed: list[Given]) -> list[Edit]:
    arguments = call.child_by_field_name("arguments")
    assert arguments is not None
    edits = list_edits(arguments, list(given.values()), removed, [])
    keyword = given["y_true"].keyword
    if keyword is not None:
        edits.append(Edit(keyword.start_byte, keyword.end_byte, "y"))
    return edits


def _test(node: Node, model: Node) -> list[Edit]:
    """`model.compiled_loss is None`."""
    around = node.parent
    if around is not None and around.type == "comparison_operator" and repeatable(node):
        written = re.sub(r"\s+", " ", text(around))
        for operator, compiled in (("is", "not "), ("==", "not "), ("is not", ""), ("!=", "")):
            if written == f"{text(node)} {operator} None":
                new = f"{compiled}{text(model)}.compiled"
                return [Edit(around.start_byte, around.end_byte, new)]
    raise RefusedError("what is taken from it is private to Keras")
