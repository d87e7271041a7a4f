"""A `tf.Variable` as the state of a layer, model or metric.

## What it does

Finds `tf.Variable` assigned to an attribute of a layer, model or metric, alone or in a list, and
makes a weight of it: with `add_weight` where the code shows its shape and how it begins, else as a
`keras.Variable`.

## Why

Nothing raises: Keras 3 tracks variables of its own alone. A `tf.Variable` is not among
`layer.weights`, isn't trained by `fit`, isn't saved with the model, and its layer runs on
TensorFlow only.

## Example

    class Scale(keras.layers.Layer):
        def build(self, input_shape):
            self.scale = tf.Variable(tf.ones((input_shape[-1],)), trainable=True)
            self.mean = tf.Variable(self.start, trainable=False)

becomes

    class Scale(keras.layers.Layer):
        def build(self, input_shape):
            self.scale = self.add_weight(
                shape=(input_shape[-1],), initializer="ones", trainable=True)
            self.mean = keras.Variable(self.start, trainable=False)

## Fix safety

Unsafe: the variable has the same value and dtype and is trained and saved as in Keras 2. What is
done with it may have to change: `value` is a property and no method, and `read_value()` is gone.
Keras builds the layers in a layer without running them, and the layers of a model on JAX and torch;
a `keras.Variable` that `build` makes then raises "You are attempting to create a variable while in
a stateless scope": give `add_weight` its shape and a function that makes its value. On JAX float64
and int64 become 32 bits wide.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, Names, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.rules.rule import Rule
from k3ls.rules.state.keras_variable import keras_variable, variable_arguments
from k3ls.rules.state.weight import TRACKING, own_attribute, weight_fix
from k3ls.semantics import Kind, Reference, class_kind
from k3ls.syntax import argument_nodes, text

RULE = Rule("K501", "untracked-variable", Severity.WARNING)

_VARIABLE = "Make it a `keras.Variable`"


@RULE.reference("tensorflow.Variable")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    found = own_attribute(reference, context)
    names = set(context.module.qualified(reference))
    if found is None or reference.call is None or names != {"tensorflow.Variable"}:
        return
    attribute, owner = found
    kind = class_kind(context.module, owner)
    if not kind.is_a(*TRACKING):
        return
    lost = "saved" if _is_frozen(reference.call) else "trained and saved"
    message = f"Keras 3 doesn't track a `tf.Variable`: `{text(attribute)}` isn't {lost}"
    fix = None
    try:
        fix = _fix(reference, reference.call, kind, context)
        method = reference.scope.function()
        if fix.title == _VARIABLE and method is not None and method.name != "__init__":
            message += (
                ". Check: the layer is inside of no other, where Keras makes variables of"
                " initializers alone; `add_weight` takes one"
            )
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(
        reference.node.start_byte,
        reference.node.end_byte,
        message,
        fix,
        rewritten=[reference.scope],
    )


def _fix(reference: Reference, call: Node, kind: Kind, context: Context) -> Fix:
    given = variable_arguments(call)
    fix = weight_fix(reference, given, kind, context, own_dtype=True)
    if fix is not None:
        return fix
    method = reference.scope.function()
    frozen = _is_frozen(call)
    metric = kind.is_a("keras.metrics.Metric")
    if frozen and method is not None and method.name != "__init__" and not metric:
        raise RefusedError("`add_weight` needs its shape")
    names = Names(context, reference)
    edits = keras_variable(call, reference, context, names)
    return Fix(_VARIABLE, (*edits, *names.imports), Applicability.UNSAFE)


def _is_frozen(call: Node) -> bool:
    arguments = call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    return any("".join(text(one).split()) == "trainable=False" for one in given)
