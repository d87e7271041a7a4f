"""A `tf.Variable` as the state of a layer, model or metric.

## What it does

Finds `tf.Variable` assigned to an attribute of a layer, model or metric, alone or in a list, and
makes a `keras.Variable` of it.

## Why

Nothing raises: Keras 3 tracks variables of its own alone. A `tf.Variable` is not among
`layer.weights`, isn't trained by `fit`, isn't saved with the model, and its layer runs on
TensorFlow only.

## Example

    class Scale(keras.layers.Layer):
        def build(self, input_shape):
            self.scale = tf.Variable(tf.ones((input_shape[-1],)), trainable=True)

becomes

    class Scale(keras.layers.Layer):
        def build(self, input_shape):
            self.scale = keras.Variable(keras.ops.ones((input_shape[-1],)), trainable=True)

## Fix safety

Unsafe: the variable has the same value and dtype and is trained and saved as in Keras 2. What is
done with it may have to change: `value` is a property and no method, `read_value()` is gone, and
`tape.gradient` takes `variable.value`. A variable that `build` makes needs a model that is built
before `fit` on JAX and torch, or `add_weight` with a shape and an initializer. On JAX float64 and
int64 become 32 bits wide.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.ops import Op, Rewrite
from k3ls.rules.context import Context, Names, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, bind, rewrite
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, class_kind, kind_of
from k3ls.syntax import text

RULE = Rule("K501", "untracked-variable", Severity.WARNING)

_PARAMETERS = (
    ("initial_value", None),
    ("trainable", "True"),
    ("validate_shape", "True"),
    ("caching_device", "None"),
    ("name", "None"),
    ("variable_def", "None"),
    ("dtype", "None"),
    ("import_scope", "None"),
    ("constraint", "None"),
)
_FORM = "keras.Variable(initial_value, dtype=DTYPE(dtype), trainable=trainable, name=name)"
_VARIABLE = Op(
    ("tensorflow.Variable",),
    _PARAMETERS,
    False,
    (Rewrite({}, _FORM, {}),),
    "",
    "",
    False,
    {"keras.Variable": ("initializer", "shape", "dtype", "trainable", "autocast")},
    {},
)
_TRACKING = ("keras.layers.Layer", "keras.Model", "keras.metrics.Metric")


@RULE.reference("tensorflow.Variable")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    call = reference.call
    if call is None or set(context.module.qualified(reference)) != {"tensorflow.Variable"}:
        return
    function = reference.scope.function()
    owner = function.method_class() if function is not None else None
    attribute = _attribute(call)
    if function is None or owner is None or attribute is None:
        return
    kind = class_kind(context.module, owner)
    itself = attribute.child_by_field_name("object")
    first = kind_of(context.module, itself, reference.scope) if itself is not None else None
    if not kind.is_a(*_TRACKING) or first is None or first.scope is not owner:
        return
    message = f"Keras 3 doesn't track a `tf.Variable`: `{text(attribute)}` isn't trained and saved"
    fix = None
    try:
        fix = _fix(reference, call, context)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(reference.node.start_byte, reference.node.end_byte, message, fix)


def _attribute(call: Node) -> Node | None:
    """The attribute that the variable is assigned to, alone or in a list or dict."""
    node: Node | None = call.parent
    while node is not None and node.type in _CONTAINERS:
        node = node.parent
    if node is None or node.type != "assignment":
        return None
    left = node.child_by_field_name("left")
    return left if left is not None and left.type == "attribute" else None


_CONTAINERS = frozenset(
    "list tuple dictionary pair list_comprehension dictionary_comprehension"
    " parenthesized_expression conditional_expression".split()
)


def _fix(reference: Reference, call: Node, context: Context) -> Fix:
    given = bind(call, _VARIABLE)
    initial = given["initial_value"].value
    kind = kind_of(context.module, initial, reference.scope)
    if initial.type == "lambda" or (kind is not None and kind.type == "function"):
        raise RefusedError("its initial value is a function, for which Keras needs a shape")
    if "name" in given and "/" in text(given["name"].value):
        raise RefusedError("Keras takes no `/` in a name")
    if "trainable" in given and text(given["trainable"].value) == "None":
        raise RefusedError("`trainable=None` is `True` for TensorFlow and `False` for Keras")
    names = Names(context, reference)
    edits, _ = rewrite(call, _VARIABLE, context.module, reference.scope, names)
    every = (*edits, *names.imports)
    return Fix("Make it a `keras.Variable`", every, Applicability.UNSAFE)
