"""Shapes as Python expressions, and what operations make of them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tree_sitter import Node

# Finds what a Keras path is called.
NameFor = Callable[[str], str]

# Functions of TensorFlow and Keras that give what has the shape of their input, by the last part of
# their names.
_ELEMENTWISE = frozenset(
    "abs cast clip clip_by_value convert_to_tensor cos dropout elu erf exp exponential gelu"
    " hard_sigmoid identity l2_normalize leaky_relu linear log log_softmax mish negative normalize"
    " ones_like relu relu6 rsqrt selu sigmoid sign silu sin softmax softplus softsign sqrt square"
    " stop_gradient swish tanh zeros_like".split()
)
_BROADCAST = frozenset("add bias_add divide maximum minimum multiply pow subtract where".split())
_REDUCTIONS = frozenset(
    "all any argmax argmin logsumexp max mean min prod reduce_logsumexp reduce_max reduce_mean"
    " reduce_min reduce_prod reduce_sum std sum var".split()
)


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor whose shape `source` gives."""

    source: str


@dataclass(frozen=True, slots=True)
class Tensors:
    """Tensors in a list, tuple or dictionary whose shapes `source` gives, by index or key."""

    source: str
    items: Mapping[int | str, Value]


@dataclass(frozen=True, slots=True)
class Static:
    """A Python value that `build` can compute as well; `shaped` if it comes from a shape, where
    dimensions may be None."""

    source: str
    shaped: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value of which nothing is known since `node`."""

    node: Node


Value = Tensor | Tensors | Static | Unknown


def operation(
    name: str,
    positional: Sequence[Value],
    named: Mapping[str, Value],
    node: Node,
    name_for: NameFor,
) -> Value:
    """What a function of TensorFlow or Keras gives."""
    values = [*positional, *named.values()]
    first = positional[0] if positional else next(iter(named.values()), Unknown(node))
    if name in _ELEMENTWISE:
        return first
    if name in _BROADCAST and len(values) > 1:
        return combined(values, node, name_for)
    if name in ("shape", "int_shape") and isinstance(first, Tensor):
        return Static(first.source, shaped=True)
    if name in ("concat", "concatenate") and isinstance(first, Tensors):
        axis = _axis(positional[1:], named)
        layer = name_for("keras.layers.Concatenate")
        if axis is not None:
            return Tensor(f"{layer}(axis={axis}).compute_output_shape({first.source})")
    if not isinstance(first, Tensor):
        return Unknown(node)
    shape = first.source
    if name in _REDUCTIONS:
        axis = _axis(positional[1:], named)
        keep = named.get("keepdims", positional[2] if len(positional) > 2 else Static("False"))
        kept = _literal([keep])
        if axis is not None and isinstance(kept, bool):
            return Tensor(dimensions(_without(shape, axis, *["1"] * kept)))
    elif name == "expand_dims":
        axis = _axis(positional[1:], named)
        if axis is not None:
            return Tensor(_with(shape, axis))
    elif name == "squeeze":
        axis = _axis(positional[1:], named)
        if axis is not None:
            return Tensor(dimensions(_without(shape, axis)))
    elif name in ("transpose", "permute_dimensions"):
        order = _literal([*positional[1:], *named.values()])
        if isinstance(order, list | tuple):
            return Tensor(dimensions([f"{shape}[{one}]" for one in order]))
    elif name in ("dot", "matmul", "tensordot") and len(positional) > 1:
        return _product(name, shape, [*positional[1:], *named.values()], node)
    return Unknown(node)


def _product(name: str, shape: str, others: Sequence[Value], node: Node) -> Value:
    """What a tensor of the shape times another one, or a weight of the layer, gives."""
    other, *rest = others
    weight = isinstance(other, Static) and other.source.startswith("self.")
    if isinstance(other, Unknown | Tensors) or not (weight or isinstance(other, Tensor)):
        return Unknown(node)
    by = f"{other.source}.shape" if weight else other.source
    if name == "tensordot":
        axes = _literal(rest)
        pair = (-1, 0) if axes == 1 else axes
        if isinstance(pair, list | tuple) and len(pair) == 2:
            first, second = (
                one[0] if isinstance(one, list | tuple) and len(one) == 1 else one for one in pair
            )
            if isinstance(first, int) and isinstance(second, int):
                return Tensor(dimensions([*_without(shape, first), *_without(by, second)]))
    elif not rest and (name == "matmul" or weight):
        return Tensor(f"(*{shape}[:-1], {by}[-1])")
    return Unknown(node)


def combined(values: Sequence[Value], node: Node, name_for: NameFor) -> Value:
    """What an operator or function that works by elements gives."""
    tensors = list(dict.fromkeys(one for one in values if isinstance(one, Tensor)))
    if any(isinstance(one, Unknown | Tensors) for one in values) or not tensors:
        return Unknown(node)
    if len(tensors) == 1:
        return tensors[0]
    shapes = ", ".join(one.source for one in tensors)
    add = name_for("keras.layers.Add")
    return Tensor(f"{add}().compute_output_shape([{shapes}])")


# Calls


def dimensions(dimensions: Sequence[str]) -> str:
    comma = "," if len(dimensions) == 1 else ""
    return f"({', '.join(dimensions)}{comma})"


def _literal(values: Sequence[Value]) -> object:
    source = values[0].source if values and isinstance(values[0], Static) else ""
    try:
        return ast.literal_eval(source)
    except (ValueError, SyntaxError):
        return ...


def _axis(positional: Sequence[Value], named: Mapping[str, Value]) -> int | None:
    found = _literal([named["axis"]] if "axis" in named else positional[:1])
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _without(shape: str, axis: int, *instead: str) -> list[str]:
    """The dimensions with others, or none, in the place of one."""
    after = "" if axis == -1 else f"*{shape}[{axis + 1}:]"
    before = f"*{shape}[:{axis}]" if axis else ""
    return [one for one in (before, *instead, after) if one]


def _with(shape: str, axis: int) -> str:
    if axis == -1:
        return f"(*{shape}, 1)"
    place = axis if axis >= 0 else axis + 1
    return f"(*{shape}[:{place}], 1, *{shape}[{place}:])"
