"""Shapes that code puts together: tensors in TensorFlow, tuples in Keras 3."""

from __future__ import annotations

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.semantics import Module, Scope
from k3ls.syntax import argument_nodes, text, unparenthesized

_SHAPES = frozenset(
    "tensorflow.shape tensorflow.compat.v1.shape tensorflow.python.ops.array_ops.shape"
    " keras.ops.shape keras.backend.shape keras.backend.int_shape".split()
)
_CONSTANTS = frozenset(
    "tensorflow.constant tensorflow.convert_to_tensor keras.backend.constant"
    " keras.ops.convert_to_tensor keras.ops.array".split()
)
_STACKS = frozenset("tensorflow.stack keras.ops.stack keras.backend.stack".split())
_DEPTH = 8


def is_shape(node: Node, module: Module, scope: Scope, depth: int = _DEPTH) -> bool:
    """Whether an expression is a tensor's shape, or a slice of it."""
    node = unparenthesized(node)
    if node.type == "subscript":
        value = node.child_by_field_name("value")
        index = node.child_by_field_name("subscript")
        sliced = index is not None and index.type == "slice"
        return sliced and value is not None and is_shape(value, module, scope, depth)
    if node.type == "attribute":
        attribute = node.child_by_field_name("attribute")
        return attribute is not None and text(attribute) == "shape"
    if node.type == "call":
        return bool(_called(node, module, scope) & _SHAPES) or _lists_shape(
            node, module, scope, depth
        )
    if node.type != "identifier" or depth == 0:
        return False
    bindings = scope.reaching(text(node), node.start_byte)
    values = [one.value for one in bindings if one.value is not None and one.item is None]
    return (
        bool(values)
        and len(values) == len(bindings)
        and all(
            is_shape(value, module, one.scope, depth - 1)
            for value, one in zip(values, bindings, strict=True)
        )
    )


def stacked_shape(node: Node, module: Module, scope: Scope) -> str | None:
    """`tf.stack([batch, 3])` as the tuple `(batch, 3)`, None for other expressions."""
    arguments = node.child_by_field_name("arguments") if node.type == "call" else None
    if arguments is None or not _called(node, module, scope) & _STACKS:
        return None
    given = argument_nodes(arguments)
    if len(given) != 1 or given[0].type not in ("list", "tuple"):
        return None
    return _tuple([text(entry) for entry in argument_nodes(given[0])])


def _tuple(entries: list[str]) -> str:
    return f"({', '.join(entries)}{',' if len(entries) == 1 else ''})"


def _called(call: Node, module: Module, scope: Scope) -> set[str]:
    function = call.child_by_field_name("function")
    names = module.names_of(function, scope) if function is not None else ()
    return {canonical(name) or name for name in names}


def _lists_shape(call: Node, module: Module, scope: Scope, depth: int) -> bool:
    """`x.shape.as_list()`, `x.get_shape()`, `list(shape)`."""
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None:
        return False
    given = argument_nodes(arguments)
    if function.type == "identifier":
        listed = text(function) in ("list", "tuple") and len(given) == 1
        return listed and is_shape(given[0], module, scope, depth)
    attribute = function.child_by_field_name("attribute")
    name = text(attribute) if attribute is not None and not given else ""
    owner = function.child_by_field_name("object")
    return name == "get_shape" or (
        name == "as_list" and owner is not None and is_shape(owner, module, scope, depth)
    )


def listed(node: Node, module: Module, scope: Scope) -> Node | None:
    """The list in `[3]` and in `tf.constant([3])`."""
    node = unparenthesized(node)
    if node.type in ("list", "tuple"):
        return node
    arguments = node.child_by_field_name("arguments") if node.type == "call" else None
    given = argument_nodes(arguments) if arguments is not None else []
    if not given or not _called(node, module, scope) & _CONSTANTS:
        return None
    return given[0] if given[0].type in ("list", "tuple") else None
