"""Arguments that are written another way for Keras 3: dtypes, layouts, strides.

A converter takes the argument's node and gives the new source, or None where the argument isn't
a literal that it can convert.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tree_sitter import Node

from k3ls.rules.rewriting.shape_tensors import is_shape, stacked_shape
from k3ls.semantics import Module, Scope, kind_of
from k3ls.syntax import argument_nodes, string_value, text, unparenthesized

DTYPES = frozenset(
    "bool uint8 uint16 uint32 uint64 int8 int16 int32 int64 float16 bfloat16 float32 float64"
    " complex64 complex128".split()
)

_DTYPE_PACKAGES = frozenset(
    f"tensorflow{package}"
    for package in ("", ".dtypes", ".compat.v1", ".compat.v2", ".python.framework.dtypes")
)
_INTERPOLATIONS = frozenset("nearest bilinear bicubic lanczos3 lanczos5".split())
# Names of dtypes that TensorFlow has beside the usual ones.
_ALIASES = {"half": "float16", "float": "float32", "double": "float64"}
# What a number of units and the like is called.
_COUNT = re.compile(
    r"^(num|n)_|(^|_)(dim|units|channels|filters|features|classes|heads)$"
    r"|(hidden|head|vocab|embedding|embed|input|output)_size$"
)


def dtype(node: Node, module: Module, scope: Scope) -> str | None:
    """`tf.float32` as `"float32"`; other expressions as they are."""
    written = string_value(node)
    if written in _ALIASES:
        return f'"{_ALIASES[written]}"'
    if any(name.startswith("tensorflow.") for name in module.names_of(node, scope)):
        name = tensorflow_dtype(node, module, scope)
        return None if name is None else f'"{name}"'
    return text(node)


def tensorflow_dtype(node: Node, module: Module, scope: Scope) -> str | None:
    """The name of a dtype of numbers that is written as a value of TensorFlow; None for other
    expressions."""
    for name in module.names_of(node, scope):
        library, _, last = name.rpartition(".")
        if library in _DTYPE_PACKAGES:
            last = _ALIASES.get(last, last)
            return last if last in DTYPES else None
    return None


def lower(node: Node, module: Module, scope: Scope) -> str | None:
    """A string in small letters; other expressions can't be converted."""
    value = string_value(node)
    return None if value is None else f'"{value.lower()}"'


def channels(node: Node, module: Module, scope: Scope) -> str | None:
    """`"NHWC"` as `"channels_last"`, `"NCHW"` as `"channels_first"`."""
    value = string_value(node)
    if value is None or not value.startswith("N"):
        return None
    return '"channels_last"' if value.endswith("C") else '"channels_first"'


def spatial(node: Node, module: Module, scope: Scope) -> str | None:
    """`[1, 2, 2, 1]` as `(2, 2)`: the entries for batch and channel taken away.

    A number stays, and so do one and two numbers; any other expression may have an entry for
    the batch.
    """
    if node.type == "integer":
        return text(node)
    if node.type not in ("list", "tuple"):
        return None
    entries = [text(entry) for entry in argument_nodes(node)]
    if len(entries) > 2:
        if entries[0] != "1" or entries[-1] != "1":
            return None
        entries = entries[1:-1]
    if len(entries) == 1:
        return entries[0]
    # A tuple: `keras.ops.depthwise_conv` adds one to another and fails on a list.
    return "(" + ", ".join(entries) + ")"


def cumulative(node: Node, module: Module, scope: Scope) -> str | None:
    """`[2, 3, 1]` as `[2, 5]`: sizes as the indices where the parts begin, and `[1] * n` as `n`;
    a number stays."""
    if _is_integer(node, module, scope):
        return text(node)
    if node.type == "binary_operator":
        return _times(node)
    entries = argument_nodes(node) if node.type in ("list", "tuple") else []
    if not entries or not all(_is_size(entry) for entry in entries):
        return None
    total = 0
    indices: list[str] = []
    named: list[str] = []
    for entry in entries[:-1]:
        if entry.type == "integer":
            total += int(text(entry))
        else:
            named.append(text(entry))
        numbers = [str(total)] if total or not named else []
        indices.append(" + ".join([*named, *numbers]))
    return "[" + ", ".join(indices) + "]"


def _times(node: Node) -> str | None:
    """How many parts of the same size `[1] * n` or `n * [1]` says."""
    operator = node.child_by_field_name("operator")
    sides = [node.child_by_field_name(side) for side in ("left", "right")]
    if operator is None or text(operator) != "*" or None in sides:
        return None
    lists = [one for one in sides if one is not None and one.type in ("list", "tuple")]
    counts = [one for one in sides if one is not None and one.type not in ("list", "tuple")]
    alone = len(lists) == 1 and len(argument_nodes(lists[0])) == 1
    return text(counts[0]) if alone else None


def _is_size(node: Node) -> bool:
    """Whether a size is a number of its own, or a product or sum of such, with none of -1."""
    if node.type in ("integer", "identifier"):
        return True
    if node.type == "binary_operator":
        operator = node.child_by_field_name("operator")
        known = operator is not None and text(operator) in ("+", "*", "//")
        return known and all(
            _is_size(side) for side in (node.named_children[0], node.named_children[-1])
        )
    return node.type == "attribute" and _is_size(node.named_children[0])


def counts(node: Node, module: Module, scope: Scope) -> str | None:
    """A list of whole numbers as it is; other expressions may hold -1 for all that is left."""
    if any(entry.type != "integer" for entry in argument_nodes(node)):
        return None
    return text(node)


def sizes(node: Node, module: Module, scope: Scope) -> str | None:
    """A list in which no entry is written as -1."""
    if any(entry.type == "unary_operator" for entry in argument_nodes(node)):
        return None
    return text(node)


def enclosing(node: Node, module: Module, scope: Scope) -> str | None:
    """The least power of two that isn't less than a number."""
    return str(1 << (int(text(node)) - 1).bit_length()) if node.type == "integer" else None


def interpolation(node: Node, module: Module, scope: Scope) -> str | None:
    """`tf.image.ResizeMethod.BILINEAR` as `"bilinear"`, if Keras knows it."""
    name = string_value(node)
    for qualified in module.names_of(node, scope):
        enumeration, _, member = qualified.rpartition(".")
        if enumeration == "tensorflow.image.ResizeMethod":
            name = member.lower().removesuffix("_neighbor")
    return f'"{name}"' if name in _INTERPOLATIONS else None


def floating(node: Node, module: Module, scope: Scope) -> str | None:
    """An integer as a float; other expressions as they are."""
    if not _is_integer(node, module, scope):
        return text(node)
    return f"{text(node)}.0" if node.type == "integer" else f"float({text(node)})"


def tupled(node: Node, module: Module, scope: Scope) -> str | None:
    """An integer as a tuple of one; other expressions as they are."""
    return f"({text(node)},)" if _is_integer(node, module, scope) else text(node)


def axes(node: Node, module: Module, scope: Scope) -> str | None:
    """`[-1, 0]` as `[[-1], [0]]`: Keras can't say the shape of a symbolic tensor for the former."""
    entries = argument_nodes(node) if node.type in ("list", "tuple") else []
    if len(entries) != 2 or any(one.type in ("list", "tuple") for one in entries):
        return text(node)
    if all(_is_integer(one, module, scope) for one in entries):
        return "[" + ", ".join(f"[{text(one)}]" for one in entries) + "]"
    return text(node)


def shape(node: Node, module: Module, scope: Scope) -> str | None:
    """`tf.stack([batch, 3])` as `(batch, 3)`; other expressions as they are."""
    return stacked_shape(node, module, scope) or text(node)


def tensors(node: Node, module: Module, scope: Scope) -> str | None:
    """A list of tensors in which shapes and lists of numbers are tensors too."""
    if node.type not in ("list", "tuple"):
        return text(node)
    written = text(node)
    for part in reversed(argument_nodes(node)):
        if unparenthesized(part).type in ("list", "tuple") or is_shape(part, module, scope):
            start, end = part.start_byte - node.start_byte, part.end_byte - node.start_byte
            data = written.encode()
            new = b"keras.ops.convert_to_tensor(" + data[start:end] + b")"
            written = (data[:start] + new + data[end:]).decode()
    return written


def dimensions(node: Node, module: Module, scope: Scope) -> str | None:
    """A number as a tuple of one, also `(units)`, by whose name it is a number."""
    if node.type == "parenthesized_expression":
        inner = unparenthesized(node)
        last = inner.child_by_field_name("attribute") or inner
        if inner.type in ("identifier", "attribute") and _COUNT.search(text(last)):
            return f"({text(inner)},)"
    return tupled(node, module, scope)


def listed(node: Node, module: Module, scope: Scope) -> str | None:
    """A layer or a metric as a list of one; other expressions as they are."""
    kind = kind_of(module, node, scope)
    if kind is None:
        single = False
    elif kind.type == "object":
        single = kind.is_a("keras.layers.Layer", "keras.metrics.Metric")
    else:
        single = kind.type == "function" or (kind.type, kind.dtype) == ("literal", "string")
    return f"[{text(node)}]" if single else text(node)


def _is_integer(node: Node, module: Module, scope: Scope) -> bool:
    kind = kind_of(module, node, scope)
    return kind is not None and kind.type == "literal" and kind.dtype == "int"


CONVERTERS: dict[str, Callable[[Node, Module, Scope], str | None]] = {
    "DTYPE": dtype,
    "LOWER": lower,
    "CHANNELS": channels,
    "SPATIAL": spatial,
    "CUMULATIVE": cumulative,
    "COUNTS": counts,
    "SIZES": sizes,
    "ENCLOSING": enclosing,
    "INTERPOLATION": interpolation,
    "DIMENSIONS": dimensions,
    "FLOAT": floating,
    "AXES": axes,
    "SHAPE": shape,
    "TENSORS": tensors,
    "TUPLE": tupled,
    "LIST": listed,
}
