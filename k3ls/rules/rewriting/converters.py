"""Arguments that are written another way for Keras 3: dtypes, layouts, strides.

A converter takes the argument's node and gives the new source, or None where the argument isn't
a literal that it can convert.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tree_sitter import Node

from k3ls.rules.rewriting.shapes import is_shape, joined_shape, stacked_shape
from k3ls.semantics import Module, Scope, kind_of
from k3ls.syntax import argument_nodes, string_value, text, unparenthesized

DTYPES = frozenset(
    "bool uint8 uint16 uint32 uint64 int8 int16 int32 int64 float16 bfloat16 float32 float64"
    " complex64 complex128".split()
)


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
    for name in module.names_of(node, scope):
        library, _, last = name.rpartition(".")
        if library in ("tensorflow", "tensorflow.dtypes", "tensorflow.compat.v2"):
            last = _ALIASES.get(last, last)
            return f'"{last}"' if last in DTYPES else None
    return text(node)


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
    """`[2, 3, 1]` as `[2, 5]`: sizes as the indices where the parts begin; a number stays."""
    if node.type == "integer":
        return text(node)
    if node.type not in ("list", "tuple"):
        return None
    entries = [text(entry) for entry in argument_nodes(node)]
    if not entries or not all(entry.isdecimal() for entry in entries):
        return None
    total = 0
    indices = []
    for entry in entries[:-1]:
        total += int(entry)
        indices.append(str(total))
    return "[" + ", ".join(indices) + "]"


def floating(node: Node, module: Module, scope: Scope) -> str | None:
    """An integer as a float; other expressions as they are."""
    if not _is_integer(node, module, scope):
        return text(node)
    return f"{text(node)}.0" if node.type == "integer" else f"float({text(node)})"


def tupled(node: Node, module: Module, scope: Scope) -> str | None:
    """An integer as a tuple of one; other expressions as they are."""
    return f"({text(node)},)" if _is_integer(node, module, scope) else text(node)


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
    "DIMENSIONS": dimensions,
    "FLOAT": floating,
    "SHAPE": shape,
    "JOINED": joined_shape,
    "TENSORS": tensors,
    "TUPLE": tupled,
    "LIST": listed,
}
