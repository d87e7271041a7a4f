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
from k3ls.rules.rewriting.rewrite import Given, RefusedError, list_edits
from k3ls.rules.rule import Rule
from k3ls.rules.state.initial_value import InitialValue, initial_value
from k3ls.rules.state.keras_variable import (
    DEFAULTS,
    counts,
    dtype_argument,
    keras_variable,
    variable_arguments,
)
from k3ls.semantics import Kind, Reference, Scope, class_kind, kind_of
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit, merged

RULE = Rule("K501", "untracked-variable", Severity.WARNING)

_TRACKING = ("keras.layers.Layer", "keras.Model", "keras.metrics.Metric")


@RULE.reference("tensorflow.Variable")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    found = own_attribute(reference, context)
    if found is None or reference.call is None:
        return
    attribute, owner = found
    kind = class_kind(context.module, owner)
    if not kind.is_a(*_TRACKING):
        return
    message = f"Keras 3 doesn't track a `tf.Variable`: `{text(attribute)}` isn't trained and saved"
    fix = None
    try:
        fix = _fix(reference, reference.call, kind, context)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(reference.node.start_byte, reference.node.end_byte, message, fix)


def own_attribute(reference: Reference, context: Context) -> tuple[Node, Scope] | None:
    """The attribute of its own object that a method keeps a `tf.Variable` in, and the class."""
    call = reference.call
    if call is None or set(context.module.qualified(reference)) != {"tensorflow.Variable"}:
        return None
    function = reference.scope.function()
    owner = function.method_class() if function is not None else None
    attribute = _attribute(call)
    itself = attribute.child_by_field_name("object") if attribute is not None else None
    first = kind_of(context.module, itself, reference.scope) if itself is not None else None
    if owner is None or attribute is None or first is None or first.scope is not owner:
        return None
    return attribute, owner


def _attribute(call: Node) -> Node | None:
    """The attribute that the variable is assigned to or put into, alone or in a list or dict."""
    node: Node | None = call.parent
    while node is not None and node.type in _CONTAINERS:
        node = node.parent
    if node is None:
        return None
    if node.type == "assignment":
        left = node.child_by_field_name("left")
        if left is not None and left.type == "subscript":
            left = left.child_by_field_name("value")
        return left if left is not None and left.type == "attribute" else None
    function = node.parent.child_by_field_name("function") if node.parent is not None else None
    method = function.child_by_field_name("attribute") if function is not None else None
    if node.type != "argument_list" or method is None or text(method) != "append":
        return None
    owner = function.child_by_field_name("object") if function is not None else None
    return owner if owner is not None and owner.type == "attribute" else None


_CONTAINERS = frozenset(
    "list tuple dictionary pair list_comprehension dictionary_comprehension"
    " parenthesized_expression conditional_expression".split()
)


def _fix(reference: Reference, call: Node, kind: Kind, context: Context) -> Fix:
    given = variable_arguments(call)
    names = Names(context, reference)
    value = initial_value(given["initial_value"].value, reference.scope, context, names)
    if value is not None:
        edits = merged(_adding(call, given, value, kind, reference, context))
        return Fix("Make it a weight", (*edits, *names.imports), Applicability.UNSAFE)
    method = reference.scope.function()
    frozen = "trainable" in given and text(given["trainable"].value) == "False"
    if frozen and method is not None and method.name != "__init__" and not _is_metric(kind):
        raise RefusedError("`add_weight` needs its shape")
    edits = keras_variable(call, reference, context, names)
    return Fix("Make it a `keras.Variable`", (*edits, *names.imports), Applicability.UNSAFE)


def _adding(
    call: Node,
    given: dict[str, Given],
    value: InitialValue,
    kind: Kind,
    reference: Reference,
    context: Context,
) -> list[Edit]:
    """The edits that make the call one of `add_weight`."""
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    method = reference.scope.function()
    assert function is not None
    assert arguments is not None
    assert method is not None
    parameters = method.node.child_by_field_name("parameters")
    itself = text(argument_nodes(parameters)[0]) if parameters is not None else "self"
    edits = [Edit(function.start_byte, function.end_byte, f"{itself}.add_weight")]
    source = f"shape={value.shape}, initializer={value.initializer}"
    dtype = dtype_argument(given, reference.scope, context)
    if not dtype and value.dtype:
        dtype = value.dtype
        source += f", dtype={dtype}"
    metric = _is_metric(kind)
    if counts(dtype) and "trainable" not in given and not metric:
        source += ", trainable=False"
    taken = {"initial_value", "name", "dtype"} | (set() if metric else {"trainable", "constraint"})
    removed = [one for one in given.values() if one.parameter not in taken]
    for one in removed:
        if one.parameter != "trainable" and text(one.value) != DEFAULTS[one.parameter]:
            raise RefusedError(f"Keras has nothing for the argument `{one.parameter}`")
    for one in given.values():
        if one.parameter == "initial_value":
            edits.append(Edit(one.node.start_byte, one.node.end_byte, source))
        elif one.parameter in taken:
            written = dtype if one.parameter == "dtype" else text(one.value)
            if one.keyword is None:
                written = f"{one.parameter}={written}"
            start = one.value.start_byte
            if written != text(one.value):
                edits.append(Edit(start, one.value.end_byte, written))
    kept = [one for one in given.values() if one.parameter in taken]
    return edits + list_edits(arguments, kept, removed, [])


def _is_metric(kind: Kind) -> bool:
    return kind.is_a("keras.metrics.Metric")
