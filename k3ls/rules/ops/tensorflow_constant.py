"""`tf.float32` and other constants of TensorFlow, where Keras takes them.

## What it does

Finds dtypes of TensorFlow that are given to Keras or compared with the dtype of a tensor, and
writes their names; and `tf.newaxis`, which is `None`.

## Why

A dtype is a string in Keras 3. An object of TensorFlow is understood by most of Keras, but not
everywhere on JAX:

    TypeError: Cannot interpret 'tf.int32' as a data type

and on torch nothing is equal to it: `x.dtype == tf.float32` is never true. It also keeps the import
of TensorFlow.

## Example

    x = keras.Input((8,), dtype=tf.int32)
    if y.dtype == tf.float16:
        y = y[..., tf.newaxis]

becomes

    x = keras.Input((8,), dtype="int32")
    if keras.backend.standardize_dtype(y.dtype) == "float16":
        y = y[..., None]

## Fix safety

Safe, but for a comparison where it isn't known that a tensor's dtype is compared: what has the
dtype `None` gets the default one from `standardize_dtype`. Dtypes that go to functions of
TensorFlow, or to functions that aren't known, stay; so does code that tf.data runs.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.converters import tensorflow_dtype
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, Scope, defines, enclosing_class, kind_of, stays_tensorflow
from k3ls.syntax import argument_nodes, text, unparenthesized
from k3ls.text import Edit

RULE = Rule("K305", "tensorflow-constant", Severity.INFORMATION, backends_only=True)

_KERAS_CLASSES = ("keras.layers.Layer", "keras.Model", "keras.metrics.Metric", "keras.losses.Loss")
_NEW_AXIS = {"tensorflow.newaxis", "tensorflow.compat.v2.newaxis", "tensorflow.compat.v1.newaxis"}


@RULE.reference("tensorflow")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    node, scope = reference.node, reference.scope
    names = set(context.module.qualified(reference))
    if reference.call is not None or stays_tensorflow(context.module, scope):
        return
    if names and names <= _NEW_AXIS:
        edit = Edit(node.start_byte, node.end_byte, "None")
        fix = Fix("Replace with `None`", (edit,), Applicability.SAFE)
        message = f"`{text(node)}` is `None`"
        yield RULE.finding(node.start_byte, node.end_byte, message, fix)
        return
    dtype = tensorflow_dtype(node, context.module, scope)
    if dtype is None:
        return
    if _goes_to_keras(node, scope, context):
        if context.inside_string(node):
            return
        edit = Edit(node.start_byte, node.end_byte, f'"{dtype}"')
        message = f'a dtype is a string in Keras 3, as "{dtype}"'
        fix = Fix(f'Replace with "{dtype}"', (edit,), Applicability.SAFE)
        yield RULE.finding(node.start_byte, node.end_byte, message, fix)
        return
    compared = _comparison(node)
    if compared is not None:
        yield from _compared(*compared, reference, context)


def _goes_to_keras(node: Node, scope: Scope, context: Context) -> bool:
    """Whether a value is an argument of a function or class of Keras."""
    argument = node.parent
    if argument is not None and argument.type == "keyword_argument":
        arguments = argument.parent
        keyword = argument.child_by_field_name("name")
    else:
        arguments, keyword = argument, None
    call = arguments.parent if arguments is not None else None
    if arguments is None or arguments.type != "argument_list" or call is None:
        return False
    function = call.child_by_field_name("function")
    if function is None:
        return False
    names = context.module.names_of(function, scope)
    if names:
        return all(canonical(name) is not None for name in names)
    if keyword is None or text(keyword) != "dtype":
        return False
    kind = kind_of(context.module, function, scope)
    if kind is not None and kind.type == "class" and kind.is_a(*_KERAS_CLASSES):
        return not defines(context.module, kind, "__init__")
    method = function.child_by_field_name("attribute")
    if method is None:
        return False
    if text(method) == "add_weight":
        return True
    owner = enclosing_class(context.module, scope)
    is_super = text(function).startswith("super(") and text(method) == "__init__"
    return is_super and owner is not None and owner.is_a(*_KERAS_CLASSES)


def _comparison(node: Node) -> tuple[Node, list[Node]] | None:
    """The dtype that is compared with `node`, or with a list in which `node` is the first, and all
    that it is compared with."""
    whole = node.parent
    others = [node]
    if whole is not None and whole.type in ("tuple", "list", "set"):
        others = argument_nodes(whole)
        if others[0].id != node.id:
            return None
        node, whole = whole, whole.parent
    if whole is None or whole.type != "comparison_operator":
        return None
    operators = [text(one) for one in whole.children_by_field_name("operators")]
    wanted = ("==", "!=") if len(others) == 1 and others[0].id == node.id else ("in", "not in")
    sides = argument_nodes(whole)
    if len(operators) != 1 or operators[0] not in wanted or len(sides) != 2:
        return None
    other = sides[0] if sides[1].id == node.id else sides[1]
    attribute = other.child_by_field_name("attribute") if other.type == "attribute" else None
    return (other, others) if attribute is not None and text(attribute) == "dtype" else None


def _compared(
    dtype: Node, others: list[Node], reference: Reference, context: Context
) -> Iterator[Finding]:
    scope = reference.scope
    names = [tensorflow_dtype(one, context.module, scope) for one in others]
    if None in names or context.inside_string(dtype):
        return
    message = (
        f"`{text(dtype)}` is no dtype of TensorFlow on other backends, and equals none on torch"
    )
    fix = None
    try:
        name = context.name("keras.backend.standardize_dtype", reference)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        owner = dtype.child_by_field_name("object")
        kind = kind_of(context.module, owner, scope) if owner is not None else None
        known = kind is not None and kind.is_tensor
        edits = (
            Edit(dtype.start_byte, dtype.start_byte, f"{name.source}("),
            Edit(dtype.end_byte, dtype.end_byte, ")"),
            *(
                Edit(one.start_byte, one.end_byte, f'"{written}"')
                for one, written in zip(others, names, strict=True)
            ),
            *name.edits,
        )
        applicability = Applicability.SAFE if known else Applicability.UNSAFE
        fix = Fix(f"Compare the names, with `{name.source}`", edits, applicability)
    start, end = unparenthesized(others[0]).start_byte, others[-1].end_byte
    yield RULE.finding(start, end, message, fix)
