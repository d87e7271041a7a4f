"""`add_loss` and `add_metric` of a functional or sequential model.

## What it does

Finds `add_loss` and `add_metric` called on a model that was put together from layers, from outside.

## Why

A layer, or a model with a `call` of its own, may call `self.add_loss` in `call`. A functional or
sequential model of Keras 3 takes no loss from outside:

    NotImplementedError
    NotImplementedError: Layer `add_metric()` method is deprecated. Add your metric in `Model.compile(metrics=[...])`

## Example

    model = keras.Model(inputs, outputs)
    model.add_loss(keras.ops.mean(x))

becomes

    model = keras.Model(inputs, outputs)
    model = keras.Model(model.input, WithLoss()(model.output, keras.ops.mean(x)), name=model.name)

with the class, which the fix writes into the file:

    class WithLoss(keras.layers.Layer):
        def call(self, outputs, loss):
            self.add_loss(loss)
            return outputs

For `model.add_metric(value, name="size")` it is `WithMetric("size")`. A loss of weights is a
regularizer of the layer that has them.

## Fix safety

Unsafe: the model has another layer and its output another name; what already refers to the old
model, as one built from it, doesn't have the loss. There is no fix for a function, for a class
derived from `keras.Model`, and for a model that was compiled before. With JAX, Keras 3.15 can't
update the metric of a layer in a compiled step.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.drop_in import dropped_in
from k3ls.rules.rewriting.rewrite import RefusedError, given_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import Kind, Reference, defines
from k3ls.syntax import argument_nodes, string_value, text
from k3ls.text import Edit

RULE = Rule("K204", "functional-add-loss", Severity.ERROR)


_METRIC = (("value", None), ("name", "None"), ("aggregation", "None"))


@RULE.attribute("add_loss", "add_metric")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    name = reference.names[-1]
    if name not in ("add_loss", "add_metric") or reference.call is None:
        return
    kind = functional_model(reference, context)
    if kind is None:
        return
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    added = name.removeprefix("add_")
    message = (
        f"a functional model of Keras 3 takes no `{name}`: add the {added} in a layer's `call`"
    )
    fix = None
    try:
        if name == "add_loss":
            value, layer, made = _loss(reference.call), "WithLoss", "WithLoss()"
        else:
            value, label = _metric(reference.call)
            layer, made = "WithMetric", f'WithMetric("{label}")'
        edits = _rebuilt(reference, reference.call, kind, layer, made, value, context)
        title = f"Build the model with a layer that adds the {added}"
        fix = Fix(title, tuple(edits), Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def functional_model(reference: Reference, context: Context) -> Kind | None:
    """What a method is called on, if that is a model put together from layers."""
    kind = context.owner(reference, "keras.Model")
    if kind is None or defines(context.module, kind, "call"):
        return None
    function = reference.scope.function()
    if function is not None and kind.scope is not None and function.method_class() is kind.scope:
        # `self`, in a class whose instances may be anything.
        return None
    return kind


def _loss(call: Node) -> Node:
    arguments = call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    if len(given) != 1 or given[0].type in ("lambda", "keyword_argument", "list_splat"):
        raise RefusedError("its argument isn't a tensor")
    return given[0]


def _metric(call: Node) -> tuple[Node, str]:
    """What `add_metric` is given, and the name of the metric."""
    given = given_arguments(call, "add_metric", _METRIC)
    label = string_value(given["name"].value) if "name" in given else None
    if label is None:
        raise RefusedError("its name isn't known")
    aggregation = text(given["aggregation"].value) if "aggregation" in given else "None"
    if aggregation.strip("\"'") not in ("None", "mean"):
        raise RefusedError("its values aren't averaged")
    return given["value"].value, label


def _rebuilt(
    reference: Reference,
    call: Node,
    kind: Kind,
    layer: str,
    made: str,
    value: Node,
    context: Context,
) -> list[Edit]:
    """The edits that make the statement build the model anew, with a layer that takes a value."""
    statement = call.parent
    owner = reference.node.child_by_field_name("object")
    if (
        owner is None
        or statement is None
        or statement.type != "expression_statement"
        or not alone_on_line(statement, context.source)
    ):
        raise RefusedError("the call isn't a statement of its own")
    if owner.type not in ("identifier", "attribute"):
        raise RefusedError("the model has no name")
    if kind.scope is not None:
        raise RefusedError("the class of the model would be lost")
    model = context.written(owner)
    if f"{model}.compile(".encode() in context.source.data[: call.start_byte]:
        raise RefusedError("the model is compiled before")
    name = context.name("keras.Model", reference)
    drop_in = "with_loss" if layer == "WithLoss" else "with_metric"
    edits = dropped_in(drop_in, layer, call, reference.scope, context)
    given = f"{model}.output, {context.written(value)}"
    built = f"{name.source}({model}.input, {made}({given}), name={model}.name)"
    return [*edits, *name.edits, Edit(call.start_byte, call.end_byte, f"{model} = {built}")]
