"""`add_loss` of a functional or sequential model.

## What it does

Finds `add_loss` called on a model that was put together from layers, from outside.

## Why

A layer, or a model with a `call` of its own, may call `self.add_loss` in `call`. A functional or
sequential model of Keras 3 takes no loss from outside:

    NotImplementedError

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

A loss of weights is a regularizer of the layer that has them.

## Fix safety

Unsafe: the model has another layer and its output another name; what already refers to the old
model, as one built from it, doesn't have the loss. There is no fix for a function, for a class
derived from `keras.Model`, and for a model that was compiled before.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.drop_in import dropped_in
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.rules.rule import Rule
from k3ls.semantics import Kind, Reference, defines
from k3ls.syntax import argument_nodes
from k3ls.text import Edit

RULE = Rule("K204", "functional-add-loss", Severity.ERROR)


@RULE.attribute("add_loss")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    if reference.names[-1] != "add_loss" or reference.call is None:
        return
    kind = context.owner(reference, "keras.Model")
    if kind is None or defines(context.module, kind, "call"):
        return
    function = reference.scope.function()
    if function is not None and kind.scope is not None and function.method_class() is kind.scope:
        # `self`, in a class whose instances may be anything.
        return
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    message = "a functional model of Keras 3 takes no `add_loss`: add the loss in a layer's `call`"
    fix = None
    try:
        edits = _rebuilt(reference, reference.call, kind, context)
        title = "Build the model with a layer that adds the loss"
        fix = Fix(title, tuple(edits), Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _rebuilt(reference: Reference, call: Node, kind: Kind, context: Context) -> list[Edit]:
    """The edits that make the statement build the model anew."""
    statement = call.parent
    owner = reference.node.child_by_field_name("object")
    arguments = call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    if (
        owner is None
        or statement is None
        or statement.type != "expression_statement"
        or not alone_on_line(statement, context.source)
    ):
        raise RefusedError("the call isn't a statement of its own")
    if owner.type not in ("identifier", "attribute"):
        raise RefusedError("the model has no name")
    if len(given) != 1 or given[0].type in ("lambda", "keyword_argument", "list_splat"):
        raise RefusedError("its argument isn't a tensor")
    if kind.scope is not None:
        raise RefusedError("the class of the model would be lost")
    model = context.written(owner)
    if f"{model}.compile(".encode() in context.source.data[: call.start_byte]:
        raise RefusedError("the model is compiled before")
    name = context.name("keras.Model", reference)
    edits = dropped_in("with_loss", "WithLoss", call, reference.scope, context)
    loss = context.written(given[0])
    built = f"{name.source}({model}.input, WithLoss()({model}.output, {loss}), name={model}.name)"
    return [*edits, *name.edits, Edit(call.start_byte, call.end_byte, f"{model} = {built}")]
