"""A loss that a step of its own computes and nothing reports.

## What it does

Finds `compute_loss` in the steps of a model whose metrics have Keras's own `loss`, and updates
that; and steps that return a `"loss"` of their own, which Keras 3 doesn't take.

## Why

In Keras 2 the compiled loss kept its mean itself. In Keras 3 the model has a metric `loss` from
`compile` on, and a step has to update it. Where a step returns just what the metrics are called,
`fit` and `evaluate` report the metrics, and not what the step returned:

    {'loss': [0.0, 0.0]}                                             # was [2.4181, 0.0579]

## Example

    loss = self.compute_loss(x, y, y_pred)

becomes

    loss = self.compute_loss(x, y, y_pred)
    self._loss_tracker.update_state(
        loss, sample_weight=keras.ops.shape(keras.tree.flatten(y)[0])[0]
    )

## Fix safety

Unsafe: the metric is private. Batches count by their size, as in Keras 2, and a loss that is
returned is that of the last batch.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import RefusedError, given_arguments, repeatable
from k3ls.rules.rule import Rule
from k3ls.rules.steps.models import (
    computes_loss,
    metric_names,
    reports_loss,
    results_of_metrics,
    self_name,
)
from k3ls.semantics import Reference, Scope, class_kind, kind_of, local_classes
from k3ls.syntax import argument_nodes, string_value, text, unparenthesized
from k3ls.text import Edit

RULE = Rule("K402", "unreported-loss", Severity.WARNING)

_PARAMETERS = {
    "compute_loss": tuple(
        (name, "None") for name in ("x", "y", "y_pred", "sample_weight", "training")
    ),
    "_compile_loss": (("y", None), ("y_pred", None), ("sample_weight", "None")),
}
_STEPS = ("train_step", "test_step")


@RULE.attribute("compute_loss", "_compile_loss")
def check_computed(reference: Reference, context: Context) -> Iterator[Finding]:
    function = reference.scope.function()
    cls = function.method_class() if function is not None else None
    call = reference.call
    if function is None or cls is None or call is None or function.name == "compute_loss":
        return
    me = self_name(function)
    if text(reference.nodes[-2]) != me and not text(reference.nodes[-2]).startswith("super("):
        return
    if not reports_loss(cls, context) or _is_tracked(call, function):
        return
    if _is_other(cls, context):
        return
    message = "in Keras 3 the loss is reported once its metric is updated with it"
    fix = None
    try:
        edits = tuple(_tracked(call, reference, me, context))
        fix = Fix("Update the metric", edits, Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


@RULE.module
def check_returned(context: Context) -> Iterator[Finding]:
    for item in context.module.items:
        for function in item.functions:
            cls = function.method_class()
            if cls is None or function.name not in _STEPS or not reports_loss(cls, context):
                continue
            if "super()" in text(function.node) or computes_loss(cls, context):
                continue
            for results in results_of_metrics(function.node, self_name(function)):
                yield _results(results)
            for returned in function.returns:
                value = _loss_returned(unparenthesized(returned), cls, context)
                if value is not None:
                    yield _returned(value, returned, function, context)


def _is_other(cls: Scope, context: Context) -> bool:
    """Whether the class has a `compute_loss` of its own that isn't like Keras's."""
    kind = class_kind(context.module, cls)
    own = [
        binding
        for one in local_classes(context.module, cls)
        for binding in one.bindings.get("compute_loss", ())
    ]
    if not own:
        return "compute_loss" in kind.members
    return not all(one.inner is not None and "y_pred" in one.inner.bindings for one in own)


def _is_tracked(call: Node, function: Scope) -> bool:
    whole = text(function.node)
    if whole.count("_loss_tracker.") >= whole.count("compute_loss(") + whole.count(
        "_compile_loss("
    ):
        return True
    statement = _statement(call)
    following = statement.next_named_sibling
    near = text(statement) + (text(following) if following is not None else "")
    return "_loss_tracker." in near or '.name == "loss"' in whole or ".name == 'loss'" in whole


def _tracked(call: Node, reference: Reference, me: str, context: Context) -> Iterator[Edit]:
    given = given_arguments(call, "compute_loss", _PARAMETERS[reference.names[-1]])
    if "y" not in given:
        raise RefusedError("it isn't given the targets")
    size, imports = _batch_size(given["y"].value, reference, context)
    update = f"{me}._loss_tracker.update_state("
    statement = _statement(call)
    if not alone_on_line(statement, context.source):
        raise RefusedError("it isn't in a statement of its own")
    newline = context.source.newline + context.indentation(statement)
    whole = statement.named_children[0]
    target = whole.child_by_field_name("left") if whole.type == "assignment" else None
    if whole.id == call.id:
        yield Edit(call.start_byte, call.start_byte, update)
        yield Edit(call.end_byte, call.end_byte, f", {size})")
    elif target is not None and target.type == "identifier" and call.parent == whole:
        lines = context.source.lines
        line = lines.line_of(statement.end_byte)
        end = lines.starts[line] + len(lines.line_bytes(line))
        yield Edit(end, end, f"{newline}{update}{text(target)}, {size})")
    else:
        if not _always_runs(call, statement):
            raise RefusedError("it isn't always computed")
        name = context.free_name("loss_value", reference.scope)
        start = statement.start_byte
        written = f"{name} = {context.written(call)}{newline}{update}{name}, {size}){newline}"
        yield Edit(start, start, written)
        yield Edit(call.start_byte, call.end_byte, name)
    yield from imports


def _batch_size(targets: Node, reference: Reference, context: Context) -> tuple[str, list[Edit]]:
    """The keyword that has a batch count by its size, and what that imports."""
    targets = unparenthesized(targets)
    while targets.type in ("list", "tuple") and targets.named_children:
        targets = argument_nodes(targets)[0]
    if not repeatable(targets):
        raise RefusedError("its targets would be evaluated more than once")
    shape = context.name("keras.ops.shape", _beside(reference, context))
    edits = list(shape.edits)
    written = text(targets)
    kind = kind_of(context.module, targets, reference.scope)
    if kind is None or not kind.is_tensor:
        flatten = context.name("keras.tree.flatten", _beside(reference, context))
        edits += flatten.edits
        written = f"{flatten.source}({written})[0]"
    return f"sample_weight={shape.source}({written})[0]", list(dict.fromkeys(edits))


def _beside(reference: Reference, context: Context) -> Reference:
    node = reference.node
    return Reference([""], [node], reference.scope, None, node.start_byte)


def _always_runs(node: Node, statement: Node) -> bool:
    while node.parent is not None and node.id != statement.id:
        node = node.parent
        if node.type in ("conditional_expression", "lambda", "boolean_operator") or (
            node.type.endswith("comprehension") or node.type == "generator_expression"
        ):
            return False
    return True


def _statement(node: Node) -> Node:
    while node.parent is not None and node.parent.type not in ("block", "module"):
        node = node.parent
    return node


def _loss_returned(node: Node, cls: Scope, context: Context) -> Node | None:
    """The value of `"loss"` in a dictionary that has a value for each metric of the model and no
    others; None for another."""
    if node.type != "dictionary":
        return None
    values: dict[str | None, Node | None] = {}
    for pair in argument_nodes(node):
        key = pair.child_by_field_name("key")
        values[string_value(key) if key is not None else None] = pair.child_by_field_name("value")
    if set(values) != {"loss", *metric_names(cls, context)}:
        return None
    return values["loss"]


def _results(results: Node) -> Finding:
    """`{m.name: m.result() for m in self.metrics}`, with a metric that Keras 2 didn't have here."""
    metric = text(results.named_children[0]).partition(".")[0]
    end = results.end_byte - 1
    edit = Edit(end, end, f' if {metric}.name != "loss"')
    fix = Fix("Leave the metric out", (edit,), Applicability.UNSAFE)
    message = "in Keras 3 `loss` is among the metrics, which nothing updates here"
    return RULE.finding(results.start_byte, results.end_byte, message, fix)


def _returned(value: Node, returned: Node, function: Scope, context: Context) -> Finding:
    message = "Keras 3 reports its metric `loss` here, which nothing updates, and not this value"
    fix = None
    statement = _statement(returned)
    if alone_on_line(statement, context.source):
        newline = context.source.newline + context.indentation(statement)
        tracker = f"{self_name(function)}._loss_tracker"
        name, lines = text(value), []
        edits = []
        if not repeatable(value):
            name = context.free_name("loss_value", function)
            lines.append(f"{name} = {context.written(value)}")
            edits.append(Edit(value.start_byte, value.end_byte, name))
        lines += [f"{tracker}.reset_state()", f"{tracker}.update_state({name})", ""]
        start = statement.start_byte
        edits.append(Edit(start, start, newline.join(lines)))
        fix = Fix("Update the metric", tuple(edits), Applicability.UNSAFE)
    return RULE.finding(value.start_byte, value.end_byte, message, fix)
