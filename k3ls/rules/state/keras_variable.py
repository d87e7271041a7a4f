"""Writing `tf.Variable` as `keras.Variable`."""

from __future__ import annotations

import re
from dataclasses import replace

from tree_sitter import Node

from k3ls.knowledge.ops import Op, Rewrite
from k3ls.rules.context import Context, Names
from k3ls.rules.rewriting.converters import dtype as converted_dtype
from k3ls.rules.rewriting.rewrite import Given, RefusedError, bind, literal, rewrite
from k3ls.semantics import BindingKind, Reference, Scope, kind_of
from k3ls.syntax import text
from k3ls.text import Edit

_FORM = "keras.Variable(initial_value, dtype=DTYPE(dtype), trainable=trainable, name=name)"
_VARIABLE = Op(
    ("tensorflow.Variable",),
    (
        ("initial_value", None),
        ("trainable", "True"),
        ("validate_shape", "True"),
        ("caching_device", "None"),
        ("name", "None"),
        ("variable_def", "None"),
        ("dtype", "None"),
        ("import_scope", "None"),
        ("constraint", "None"),
    ),
    False,
    (Rewrite({}, _FORM, {}),),
    "",
    "",
    False,
    {"keras.Variable": ("initializer", "shape", "dtype", "trainable", "autocast")},
    {},
)
# The parameters of `tf.Variable` with their defaults.
DEFAULTS = dict(_VARIABLE.parameters)


def variable_arguments(call: Node) -> dict[str, Given]:
    """The arguments of a call of `tf.Variable`, if they mean the same to Keras.

    Raises:
        RefusedError: they don't, or the code doesn't tell.
    """
    given = bind(call, _VARIABLE)
    if "name" in given and "/" in text(given["name"].value):
        raise RefusedError("Keras takes no `/` in a name")
    if "trainable" in given and text(given["trainable"].value) == "None":
        raise RefusedError("`trainable=None` is `True` for TensorFlow and `False` for Keras")
    return given


def dtype_argument(given: dict[str, Given], scope: Scope, context: Context) -> str:
    """The source of the dtype that is given, empty if none is."""
    if "dtype" not in given:
        return ""
    value = given["dtype"].value
    return converted_dtype(value, context.module, scope) or text(value)


def counts(dtype: str) -> bool:
    """Whether the source of a dtype says that it isn't floating: torch can't train such."""
    return re.fullmatch(r"[\"'](u?int\d+|bool)[\"']", dtype) is not None


def keras_variable(call: Node, reference: Reference, context: Context, names: Names) -> list[Edit]:
    """The edits that make a `keras.Variable` of a `tf.Variable`.

    Raises:
        RefusedError: there is no such variable.
        NoNameError: Keras has no name there.
    """
    given = variable_arguments(call)
    initial = given["initial_value"].value
    kind = kind_of(context.module, initial, reference.scope)
    if initial.type == "lambda" or (kind is not None and kind.type == "function"):
        raise RefusedError("its initial value is a function, for which Keras needs a shape")
    dtype = dtype_argument(given, reference.scope, context)
    form = _FORM
    if counts(dtype) or (not dtype and type(literal(initial)) in (int, bool)):
        form = form.replace("trainable=trainable", "trainable=trainable | False")
    if _is_shared(initial, reference.scope, context):
        # Keras would go on with the same tensor, which JAX deletes and torch changes.
        form = form.replace("(initial_value", "(keras.ops.copy(initial_value)")
    op = replace(_VARIABLE, rewrites=(Rewrite({}, form, {}),))
    return rewrite(call, op, context.module, reference.scope, names)[0]


def _is_shared(initial: Node, scope: Scope, context: Context) -> bool:
    """Whether the value may be that of another variable: one of a loop, or a known weight."""
    kind = kind_of(context.module, initial, scope)
    if kind is not None:
        weight = kind.is_tensor or kind.name == "keras.Variable"
        return weight and initial.type in ("identifier", "attribute", "subscript")
    if initial.type != "identifier":
        return False
    bindings = scope.reaching(text(initial), initial.start_byte)
    return any(one.kind is BindingKind.LOOP for one in bindings)
