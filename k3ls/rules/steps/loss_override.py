"""A training step that differs from Keras's by its loss alone, as `compute_loss`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Fix
from k3ls.rules.imports.insertion import alone_on_line, remove_statement
from k3ls.rules.steps.models import self_name
from k3ls.semantics import Scope
from k3ls.syntax import argument_nodes, nodes_of, text
from k3ls.text import Edit

_ARGUMENTS = ("x", "y", "y_pred", "sample_weight")


def loss_override(step: Scope, context: Context) -> Fix | None:
    """The fix that keeps the loss of a `train_step`, or nothing where that is Keras's too; None if
    the step does something else, or has a comment that would be lost."""
    cls, me = step.method_class(), self_name(step)
    block = step.node.child_by_field_name("body")
    if step.name != "train_step" or step.decorators or cls is None or block is None:
        return None
    if "compute_loss" in cls.bindings or not alone_on_line(step.node, context.source):
        return None
    statements = argument_nodes(block)
    tapes = [one for one in statements if one.type == "with_statement"]
    body = tapes[0].child_by_field_name("body") if len(tapes) == 1 else None
    if body is None:
        return None
    recorded = argument_nodes(body)
    rest = statements[statements.index(tapes[0]) + 1 :]
    given = _given(statements[: statements.index(tapes[0])], step)
    predicted = re.fullmatch(rf"(\w+)={me}\((\w+),training=True\)", _code(recorded[0]))
    if given is None or predicted is None or predicted[2] != given[0] or len(recorded) < 2:
        return None
    names = [given[0], given[1], predicted[1], given[2] if len(given) > 2 else "sample_weight"]
    loss = _applied(rest, names, me, text(tapes[0]))
    kept = [one for one in recorded[1:] if not _code(one).startswith(f"{me}._loss_tracker.")]
    if loss is None or names != list(dict.fromkeys(names)):
        return None
    computed = rf"{loss}={me}\.compute_loss\({names[0]},{names[1]},{names[2]}(,.*)?\)"
    if len(kept) == 1 and re.fullmatch(computed, _code(kept[0])):
        if any(True for _ in nodes_of(step.node, "comment")):
            return None
        title = "Remove the step: Keras's own does the same"
        return Fix(title, (remove_statement(context.source, step.node),), Applicability.UNSAFE)
    commented = {one.start_byte for one in nodes_of(step.node, "comment")}
    commented -= {one.start_byte for one in nodes_of(body, "comment")}
    long = (one for kept_one in kept for one in nodes_of(kept_one, "string"))
    if commented or kept != recorded[1 : 1 + len(kept)] or any("\n" in text(one) for one in long):
        return None
    edits = (_written(step, kept, names, loss, context),)
    return Fix("Override `compute_loss` alone", edits, Applicability.UNSAFE)


def _given(statements: Sequence[Node], step: Scope) -> list[str] | None:
    """What the data is unpacked into: inputs, targets, and weights if any."""
    parameters = step.node.child_by_field_name("parameters")
    data = text(argument_nodes(parameters)[1]) if parameters is not None else ""
    if len(statements) != 1:
        return None
    found = re.fullmatch(
        rf"(\w+),(\w+)(?:,(\w+))?=(?:{data}|[\w.]*unpack_x_y_sample_weight\({data}\))",
        _code(statements[0]),
    )
    return [one for one in found.groups() if one] if found is not None else None


def _applied(rest: Sequence[Node], names: Sequence[str], me: str, tape: str) -> str | None:
    """The name of the loss whose gradients are applied to all the variables of the model, if the
    step does nothing else and returns the metrics of the model."""
    code = ";".join(map(_code, rest))
    variables = rf"{me}\.trainable_(?:variables|weights)"
    metrics = rf"{me}\.compute_metrics\({names[0]},{names[1]},{names[2]}(?:,[\w=.]*)?\)"
    results = rf"{me}\.get_metrics_result\(\)"
    # As where Keras 2 didn't report the loss, which it does now.
    results = rf"(?:{results}|{{k:vfork,vin{results}\.items\(\)ifk!=\"loss\"}})"
    found = re.fullmatch(
        rf"(?:(?P<all>\w+)={variables};)?"
        rf"(?P<gradients>\w+)=(?P<tape>\w+)\.gradient\((?P<loss>\w+),(?P<by>\w+|{variables})\);"
        rf"{me}\.optimizer\.apply(?:_gradients)?\(zip\((?P=gradients),(?P<to>\w+|{variables})\)\);"
        rf"(?:return{metrics}|{metrics};return{results})",
        code,
    )
    if found is None or not re.match(rf"with \S+\(\) as {found['tape']}:", tape):
        return None
    known = {found["all"]} if found["all"] else set()
    if any("." not in found[one] and found[one] not in known for one in ("by", "to")):
        return None
    return found["loss"]


def _written(
    step: Scope, kept: Sequence[Node], names: Sequence[str], loss: str, context: Context
) -> Edit:
    lines_of, newline = context.source.lines, context.source.newline
    inner = context.indentation(step.node) + context.indent
    first = kept[0].prev_named_sibling
    while first is not None and first.type == "comment":
        first = first.prev_named_sibling
    start = lines_of.line_of(first.end_byte if first is not None else kept[0].start_byte) + 1
    extra = context.indentation(kept[0]).removeprefix(inner)
    source = [
        lines_of.line_bytes(line).decode().replace(inner + extra, inner, 1)
        for line in range(start, lines_of.line_of(kept[-1].end_byte) + 1)
    ]
    renamed = [
        f"{inner}{name} = {argument}"
        for argument, name in zip(_ARGUMENTS, names, strict=True)
        if argument != name
    ]
    lines = [
        f"def compute_loss({self_name(step)}, x=None, y=None, y_pred=None, sample_weight=None,"
        " training=True):",
        *renamed,
        *source,
        f"{inner}return {loss}",
    ]
    return Edit(step.node.start_byte, step.node.end_byte, newline.join(lines))


def _code(statement: Node) -> str:
    """A statement without white space; nothing for one with a comment inside."""
    commented = any(True for _ in nodes_of(statement, "comment"))
    return "" if commented else re.sub(r"\s", "", text(statement))
