"""The value that a variable begins with, as the shape and the initializer of a weight."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tree_sitter import Node

from k3ls.knowledge.symbols import Parameters
from k3ls.rules.context import Context
from k3ls.rules.rewriting.converters import dtype as converted_dtype
from k3ls.rules.rewriting.rewrite import Given, RefusedError, given_arguments, literal
from k3ls.semantics import Scope, kind_of
from k3ls.syntax import argument_nodes, text, unparenthesized

_TENSORFLOW_INITIALIZERS = frozenset(
    f"tensorflow.{name}_initializer"
    for name in "constant ones random_normal random_uniform zeros".split()
)


@dataclass(frozen=True, slots=True)
class InitialValue:
    """The sources of `shape`, `initializer` and `dtype`; the last empty for the layer's own."""

    shape: str
    initializer: str
    dtype: str = ""


def initial_value(
    node: Node, scope: Scope, context: Context, name_for: Callable[[str], str]
) -> InitialValue | None:
    """How `add_weight` makes a variable that begins with `node`; None if that isn't known."""
    node = unparenthesized(node)
    if node.type == "lambda" and node.child_by_field_name("parameters") is None:
        body = node.child_by_field_name("body")
        return initial_value(body, scope, context, name_for) if body is not None else None
    value = literal(node)
    if isinstance(value, (bool, int, float)):
        return InitialValue("()", _constant(text(node), value, name_for), _dtype_of(value))
    if node.type == "binary_operator":
        return _scaled(node, scope, context, name_for)
    function = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    if node.type != "call" or function is None or arguments is None:
        return None
    for path in context.module.names_of(function, scope):
        if path in _MAKERS:
            return _made(node, path, scope, context, name_for)
    if _is_initializer(function, scope, context):
        try:
            parameters = (("shape", None), ("dtype", "None"))
            given = given_arguments(node, "initializer", parameters)
        except RefusedError:
            return None
        shape = _shape(given["shape"].value, scope, context)
        dtype = _dtype(given.get("dtype"), scope, context)
        return InitialValue(shape, text(function), dtype) if shape else None
    return None


def _constant(source: str, value: object, name_for: Callable[[str], str]) -> str:
    if value in (0, 1):
        return '"ones"' if value else '"zeros"'
    return f"{name_for('keras.initializers.Constant')}({source})"


def _dtype_of(value: object) -> str:
    names = {bool: '"bool"', int: '"int32"'}
    return names.get(type(value), "")


def _scaled(
    node: Node, scope: Scope, context: Context, name_for: Callable[[str], str]
) -> InitialValue | None:
    """`scale * tf.ones(shape)`."""
    operator = node.child_by_field_name("operator")
    sides = (node.child_by_field_name("left"), node.child_by_field_name("right"))
    for scale, other in (sides, sides[::-1]):
        if scale is None or other is None or operator is None or text(operator) != "*":
            continue
        if scale.type not in ("float", "identifier", "attribute"):
            continue
        kind = kind_of(context.module, scale, scope)
        made = initial_value(other, scope, context, name_for)
        tensor = kind is not None and (kind.is_tensor or kind.type == "array")
        if made is not None and made.initializer == '"ones"' and made.shape != "()" and not tensor:
            constant = _constant(text(scale), None, name_for)
            return InitialValue(made.shape, constant, made.dtype)
    return None


def _is_initializer(function: Node, scope: Scope, context: Context) -> bool:
    kind = kind_of(context.module, function, scope)
    if kind is not None:
        return kind.type == "object" and kind.is_a("keras.initializers.Initializer")
    made = function.child_by_field_name("function")
    if function.type == "call" and made is not None:
        return not _TENSORFLOW_INITIALIZERS.isdisjoint(context.module.names_of(made, scope))
    if function.type == "identifier":
        bindings = scope.reaching(text(function), function.start_byte)
        value = bindings[0].value if len(bindings) == 1 else None
        if value is not None and value.type == "call":
            return _is_initializer(value, bindings[0].scope, context)
    return function.type == "attribute" and text(function).endswith("_initializer")


def _made(
    node: Node, path: str, scope: Scope, context: Context, name_for: Callable[[str], str]
) -> InitialValue | None:
    """The value that a function of TensorFlow or `keras.ops` makes."""
    parameters, initializer = _MAKERS[path]
    try:
        given = given_arguments(node, path, parameters)
    except RefusedError:
        return None
    dtype = _dtype(given.get("dtype"), scope, context)
    if "shape" not in given:
        # A number as a tensor.
        value = literal(given["value"].value)
        if not isinstance(value, (bool, int, float)):
            return None
        constant = _constant(text(given["value"].value), value, name_for)
        return InitialValue("()", constant, dtype or _dtype_of(value))
    shape = _shape(given["shape"].value, scope, context)
    if not shape:
        return None
    if "value" in given:
        value = literal(given["value"].value)
        dtype = dtype or _dtype_of(value)
        return InitialValue(shape, _constant(text(given["value"].value), value, name_for), dtype)
    if not initializer.startswith("keras."):
        return InitialValue(shape, initializer, dtype)
    arguments = [
        f"{name}={text(given[name].value) if name in given else default}"
        for name, default in parameters
        if name not in ("shape", "dtype", "name") and (name in given or default != "None")
    ]
    return InitialValue(shape, f"{name_for(initializer)}({', '.join(arguments)})", dtype)


def _dtype(given: Given | None, scope: Scope, context: Context) -> str:
    if given is None:
        return ""
    return converted_dtype(given.value, context.module, scope) or text(given.value)


def _shape(node: Node, scope: Scope, context: Context) -> str:
    """The source of a shape, empty if it may be a tensor or a number."""
    node = unparenthesized(node)
    if isinstance(literal(node), int):
        return f"({text(node)},)"
    kind = kind_of(context.module, node, scope)
    if kind is not None and kind.is_tensor:
        return ""
    parts = argument_nodes(node)
    known = (
        node.type in ("list", "tuple")
        or (node.type in ("identifier", "attribute") and text(node).endswith("shape"))
        or (
            node.type == "subscript" and ":" in text(parts[-1]) and text(parts[0]).endswith("shape")
        )
        or (node.type == "call" and re.match(r"(tuple|list)\(", text(node)))
        or (node.type == "binary_operator" and any(_shape(one, scope, context) for one in parts))
    )
    return text(node) if known else ""


_NORMAL: Parameters = (
    ("shape", None),
    ("mean", "0.0"),
    ("stddev", "1.0"),
    ("dtype", "None"),
    ("seed", "None"),
    ("name", "None"),
)
_UNIFORM: Parameters = (
    ("shape", None),
    ("minval", "0.0"),
    ("maxval", "1.0"),
    ("dtype", "None"),
    ("seed", "None"),
    ("name", "None"),
)
_FILLED: Parameters = (("shape", None), ("dtype", "None"), ("name", "None"))
_TENSOR: Parameters = (("value", None), ("dtype", "None"), ("shape", "None"), ("name", "None"))
# The functions that make tensors: their parameters, and the initializer that does the same.
_MAKERS: Mapping[str, tuple[Parameters, str]] = {
    "tensorflow.zeros": (_FILLED, '"zeros"'),
    "tensorflow.ones": (_FILLED, '"ones"'),
    "tensorflow.fill": ((("shape", None), ("value", None), ("name", "None")), ""),
    "tensorflow.constant": (_TENSOR, ""),
    "tensorflow.convert_to_tensor": (_TENSOR[:2], ""),
    "tensorflow.random.normal": (_NORMAL, "keras.initializers.RandomNormal"),
    "tensorflow.random.truncated_normal": (_NORMAL, "keras.initializers.TruncatedNormal"),
    "tensorflow.random.uniform": (_UNIFORM, "keras.initializers.RandomUniform"),
    "keras.ops.zeros": (_FILLED, '"zeros"'),
    "keras.ops.ones": (_FILLED, '"ones"'),
    "keras.ops.full": ((("shape", None), ("value", None), ("dtype", "None")), ""),
    "keras.ops.convert_to_tensor": (_TENSOR[:2], ""),
    "keras.random.normal": (_NORMAL, "keras.initializers.RandomNormal"),
    "keras.random.truncated_normal": (_NORMAL, "keras.initializers.TruncatedNormal"),
    "keras.random.uniform": (_UNIFORM, "keras.initializers.RandomUniform"),
}
