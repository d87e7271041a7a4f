"""The value that a variable begins with, as the shape and the initializer of a weight."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from tree_sitter import Node

from k3ls.knowledge.symbols import Parameters, canonical
from k3ls.rules.context import Context
from k3ls.rules.rewriting.converters import dtype as converted_dtype
from k3ls.rules.rewriting.rewrite import Given, RefusedError, given_arguments, literal
from k3ls.semantics import BindingKind, Scope, defines, enclosing_class, kind_of
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
    if _is_kept(node, scope, context):
        source = text(node)
        constant = _constant(source, None, name_for)
        return InitialValue(f"{source}.shape", constant, f"{source}.dtype")
    function = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    if node.type != "call" or function is None or arguments is None:
        return None
    owner = function.child_by_field_name("object")
    if owner is not None and text(function).endswith(".read_value"):
        return initial_value(owner, scope, context, name_for)
    for path in context.module.names_of(function, scope):
        path = canonical(path) or path
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


def _is_kept(node: Node, scope: Scope, context: Context) -> bool:
    """Whether a value lasts: an array of NumPy, or a weight. Tensors may be those of a graph."""
    if node.type == "identifier":
        return _is_numpy(node, scope, context, _DEPTH)
    attribute = node.child_by_field_name("attribute")
    owner = enclosing_class(context.module, scope)
    if node.type != "attribute" or attribute is None or owner is None or owner.scope is None:
        return False
    made = owner.scope.attributes.get(text(attribute), [])
    if not made:
        inherited = not defines(context.module, owner, text(attribute))
        return inherited and text(attribute) in _KERAS_WEIGHTS
    functions = [one.value.child_by_field_name("function") if one.value else None for one in made]
    return all(one is not None and text(one) in _ADDING for one in functions)


_DEPTH = 12
_ADDING = ("self.add_weight", "self.add_variable")
# What Keras's own layers keep their weights in.
_KERAS_WEIGHTS = ("kernel", "bias", "depthwise_kernel", "pointwise_kernel", "embeddings")


def _is_numpy(node: Node, scope: Scope, context: Context, depth: int) -> bool:
    """Whether NumPy makes a value, as far as names, calls and operators show."""
    node = unparenthesized(node)
    if not depth:
        return False
    if node.type == "identifier":
        bindings = scope.reaching(text(node), node.start_byte)
        return bool(bindings) and all(
            one.kind is BindingKind.ASSIGNMENT
            and one.value is not None
            and _is_numpy(one.value, one.scope, context, depth - 1)
            for one in bindings
        )
    if node.type in ("binary_operator", "comparison_operator"):
        return any(_is_numpy(one, scope, context, depth - 1) for one in argument_nodes(node))
    if node.type == "call":
        function = node.child_by_field_name("function")
        names = context.module.names_of(function, scope) if function is not None else ()
        if names:
            return names[0].startswith("numpy.")
        return (
            function is not None
            and function.type == "attribute"
            and _is_numpy(function.named_children[0], scope, context, depth - 1)
        )
    if node.type == "subscript":
        return _is_numpy(node.named_children[0], scope, context, depth - 1)
    return False


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
        made = initial_value(given["value"].value, scope, context, name_for)
        return replace(made, dtype=dtype or made.dtype) if made is not None else None
    shape = _shape(given["shape"].value, scope, context)
    if not shape:
        return None
    if path.startswith("numpy."):
        dtype = dtype or '"float64"'
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
    "numpy.zeros": (_FILLED[:2], '"zeros"'),
    "numpy.ones": (_FILLED[:2], '"ones"'),
    "keras.backend.zeros": (_FILLED, '"zeros"'),
    "keras.backend.ones": (_FILLED, '"ones"'),
    "keras.ops.zeros": (_FILLED, '"zeros"'),
    "keras.ops.ones": (_FILLED, '"ones"'),
    "keras.ops.full": ((("shape", None), ("value", None), ("dtype", "None")), ""),
    "keras.ops.convert_to_tensor": (_TENSOR[:2], ""),
    "keras.random.normal": (_NORMAL, "keras.initializers.RandomNormal"),
    "keras.random.truncated_normal": (_NORMAL, "keras.initializers.TruncatedNormal"),
    "keras.random.uniform": (_UNIFORM, "keras.initializers.RandomUniform"),
}
