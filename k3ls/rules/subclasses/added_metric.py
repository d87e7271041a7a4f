"""`self.add_metric` in a layer.

## What it does

Finds `self.add_metric` in layers and models. A value with a name gets a `keras.metrics.Mean` that
is made in `__init__`; what a metric of the layer gives is not added again. That of a functional
model has the rule `functional-add-loss`.

## Why

    NotImplementedError: Layer `add_metric()` method is deprecated. Add your metric in
    `Model.compile(metrics=[...])`, or create metric trackers in init() or build() when subclassing
    the layer or model, then call `metric.update_state()` whenever necessary.

## Example

    class Code(keras.layers.Layer):
        def call(self, inputs):
            self.add_metric(keras.ops.mean(inputs), name="activity")
            return inputs

becomes

    class Code(keras.layers.Layer):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.activity_metric = keras.metrics.Mean(name="activity")

        def call(self, inputs):
            self.activity_metric.update_state(keras.ops.mean(inputs))
            return inputs

## Fix safety

Unsafe: `fit` and `evaluate` report it under the same name on TensorFlow and torch; with JAX, Keras
3.15 can't update the metrics of a layer in a compiled step.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.calls.functional_add_loss import functional_model
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, given_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import BindingKind, Kind, Reference, Scope, kind_of
from k3ls.syntax import string_value, text
from k3ls.text import Edit

RULE = Rule("K243", "added-metric", Severity.ERROR)

_PARAMETERS = (("value", None), ("name", "None"), ("aggregation", "None"))


@RULE.attribute("add_metric")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    owner = context.owner(reference, "keras.layers.Layer")
    if owner is None or reference.names[-1] != "add_metric":
        return
    if functional_model(reference, context) is not None:
        return
    message = "a layer of Keras 3 has no `add_metric`: keep a metric as an attribute and update it"
    fix = None
    try:
        edits = tuple(_edits(reference, owner, context))
        fix = Fix("Keep a metric and update it", edits, Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _edits(reference: Reference, owner: Kind, context: Context) -> Iterator[Edit]:
    call = reference.call
    function = reference.scope.function()
    cls = function.method_class() if function is not None else None
    if cls is None or owner.scope is not cls or len(reference.names) != 2:
        raise RefusedError("it isn't in a method of the layer")
    statement = call.parent if call is not None else None
    if call is None or statement is None or statement.type != "expression_statement":
        raise RefusedError("the call isn't a statement of its own")
    arguments = call.child_by_field_name("arguments")
    if arguments is not None and any(one.type == "comment" for one in arguments.named_children):
        raise RefusedError("a comment between its arguments would be lost")
    given = given_arguments(call, "add_metric", _PARAMETERS)
    value = given["value"].value
    if _is_metric_call(value, reference.scope, context):
        yield Edit(call.start_byte, value.start_byte, "")
        yield Edit(value.end_byte, call.end_byte, "")
        return
    aggregation = text(given["aggregation"].value) if "aggregation" in given else "None"
    name = string_value(given["name"].value) if "name" in given else None
    if name is None or not name.isidentifier():
        raise RefusedError("its name isn't known")
    if aggregation.strip("\"'") not in ("None", "mean"):
        raise RefusedError("its values aren't averaged")
    attribute = f"{name}_metric"
    if attribute in cls.attributes or attribute in cls.bindings:
        raise RefusedError(f"the class has something called `{attribute}`")
    start, end = f"{reference.names[0]}.{attribute}.update_state(", ")"
    yield Edit(call.start_byte, value.start_byte, start)
    yield Edit(value.end_byte, call.end_byte, end)
    mean = context.name("keras.metrics.Mean", reference)
    yield from mean.edits
    yield _made(f'{attribute} = {mean.source}(name="{name}")', cls, context)


def _is_metric_call(value: Node, scope: Scope, context: Context) -> bool:
    function = value.child_by_field_name("function") if value.type == "call" else None
    kind = kind_of(context.module, function, scope) if function is not None else None
    return kind is not None and kind.type == "object" and kind.is_a("keras.metrics.Metric")


def _made(assignment: str, cls: Scope, context: Context) -> Edit:
    """The edit that sets an attribute at the end of the class's `__init__`."""
    newline = context.source.newline
    bound = cls.bindings.get("__init__", [])
    method = bound[-1].inner if bound and bound[-1].kind is BindingKind.FUNCTION else None
    body = (method or cls).node.child_by_field_name("body")
    if body is None or not body.named_children or (bound and method is None):
        raise RefusedError("its `__init__` isn't known")
    if method is not None:
        parameters = method.node.child_by_field_name("parameters")
        own = text(parameters.named_children[0]) if parameters is not None else "self"
        last = body.named_children[-1]
        if last.start_point.row == method.node.start_point.row or last.type == "return_statement":
            raise RefusedError("there is no place in its `__init__`")
        indentation = context.indentation(body.named_children[0])
        lines = context.source.lines
        line = lines.line_of(last.end_byte)
        end = lines.starts[line] + len(lines.line_bytes(line))
        return Edit(end, end, f"{newline}{indentation}{own}.{assignment}")
    first = next(
        (one for one in body.named_children if one.type.endswith("_definition")),
        None,
    )
    if first is None or first.start_point.row == cls.node.start_point.row:
        raise RefusedError("there is no place for an `__init__`")
    outer = context.indentation(first)
    inner = outer + context.indent
    written = [
        "def __init__(self, *args, **kwargs):",
        f"{inner}super().__init__(*args, **kwargs)",
        f"{inner}self.{assignment}",
    ]
    return Edit(first.start_byte, first.start_byte, newline.join(written) + newline * 2 + outer)
