"""Shapes that are computed with.

What `tf.shape` gives is a tensor, what `keras.ops.shape` gives a tuple of numbers. A part of it,
and the shape that another op takes, are fine as they are; for arithmetic it has to become a tensor,
and what puts a shape together of parts is written as a tuple.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from tree_sitter import Node

from k3ls.knowledge.ops import Op, Rewrite, op
from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context, Names
from k3ls.rules.finding import Applicability, Fix
from k3ls.rules.rewriting.rewrite import RefusedError, bind, literal, rewrite
from k3ls.rules.rewriting.shape_tensors import is_shape, listed
from k3ls.semantics import BindingKind, Module, Reference, Scope
from k3ls.syntax import argument_nodes, nodes_of, text, unparenthesized
from k3ls.text import Edit

_DEPTH = 6
_SHAPE, _TO_TENSOR = "keras.ops.shape", "keras.ops.convert_to_tensor"
# Functions by the last part of their names, and the place of the shape among their arguments.
_TAKES_SHAPE = {
    **dict.fromkeys("zeros ones full fill empty".split(), 0),
    **dict.fromkeys("normal uniform randint truncated_normal binomial gamma".split(), 0),
    **dict.fromkeys("random_normal random_uniform random_binomial random_bernoulli".split(), 0),
    **dict.fromkeys("reshape broadcast_to tile resize ensure_shape".split(), 1),
    **dict.fromkeys("scatter scatter_nd slice dropout eye".split(), 2),
}
# Functions of `keras.ops` that take a tuple of numbers for a tensor, on every backend.
_TAKES_TUPLE = frozenset(
    f"keras.ops.{name}"
    for name in (
        "absolute add argmax cast convert_to_tensor cumprod divide equal expand_dims floor_divide"
        " greater greater_equal less less_equal max maximum min minimum mod multiply negative"
        " not_equal power prod square subtract sum take true_divide"
    ).split()
)
_PACKAGES = ("keras.ops.", "keras.backend.", "keras.random.")
_PYTHON = frozenset("len tuple list int float range sum max min enumerate zip str print".split())


class Use(Enum):
    """What becomes of a shape."""

    PARTS = auto()  # it is taken apart
    SHAPE = auto()  # an op takes it for a shape
    TENSOR = auto()  # it is computed with
    UNKNOWN = auto()


def shape_fix(reference: Reference, row: Op, context: Context) -> tuple[Fix, Rewrite] | None:
    """The fix of a call that gives a shape that is computed with, or puts one together, and the
    rewrite that it follows; None for other calls.

    Raises:
        NoNameError: a name of Keras can't be written there.
        RefusedError: there is no way to write it.
    """
    call, scope = reference.call, reference.scope
    if call is None:
        return None
    names = Names(context, reference)
    if _gives_shape(row):
        if _use(call, scope, context, _DEPTH) is not Use.TENSOR:
            return None
        first, *rest = (name for name, _ in row.parameters)
        dtype = ", dtype=DTYPE(out_type)" if "out_type" in rest else ""
        form = Rewrite({}, f"{_TO_TENSOR}({_SHAPE}({first}){dtype})", {})
        single = replace(row, rewrites=(form,), signatures={_TO_TENSOR: ("x", "dtype", "sparse")})
        edits, _ = rewrite(call, single, context.module, scope, names)
    else:
        source = _put_together(call, row, scope, context, names)
        if source is None:
            return None
        form = Rewrite({}, f"{_SHAPE}(x)", {})
        edits = [Edit(call.start_byte, call.end_byte, source)]
    title = f"Replace `{row.name}` for a shape that is a tuple"
    return Fix(title, (*edits, *names.imports), Applicability.UNSAFE), form


def _gives_shape(row: Op) -> bool:
    return row.target == _SHAPE and row.name in ("tf.shape", "K.shape")


def _put_together(call: Node, row: Op, scope: Scope, context: Context, names: Names) -> str | None:
    """A call that puts a shape together of parts, or takes one apart, written as a tuple."""
    parts = _parts(call, row, scope, context)
    if parts is None:
        return None
    if next(nodes_of(call, "comment"), None) is not None:
        raise RefusedError("a comment between its arguments would be lost")
    if row.target == "keras.ops.unstack":
        return parts[0].removeprefix("*")
    use = _use(call, scope, context, _DEPTH)
    if row.target == "keras.ops.stack" and use not in (Use.SHAPE, Use.PARTS):
        # Numbers can be stacked.
        return None
    source = "(" + ", ".join(parts) + ("," if len(parts) == 1 else "") + ")"
    return source if use in (Use.SHAPE, Use.PARTS) else f"{names(_TO_TENSOR)}({source})"


def _parts(call: Node, row: Op, scope: Scope, context: Context) -> list[str] | None:
    """The parts of the shape that a call puts together, as the parts of a tuple; None if it does
    something else."""
    if row.target not in ("keras.ops.concatenate", "keras.ops.stack", "keras.ops.unstack"):
        return None
    try:
        given = bind(call, row)
    except RefusedError:
        return None
    values = given[row.parameters[0][0]].value
    axis = given.get("axis")
    if axis is not None and literal(axis.value) not in (0, -1):
        return None
    if row.target == "keras.ops.unstack":
        return [f"*{context.written(values)}"] if is_shape(values, context.module, scope) else None
    if values.type not in ("list", "tuple"):
        return None
    written: list[str] = []
    computed = False
    for one in argument_nodes(values):
        number = one if row.target == "keras.ops.stack" else _expanded(one, scope, context)
        numbers = listed(one, context.module, scope)
        if row.target != "keras.ops.stack" and numbers is not None:
            written += (context.written(part) for part in argument_nodes(numbers))
        elif number is not None:
            if row.target == "keras.ops.stack" and not _is_number(number, scope, context):
                return None
            computed = True
            written.append(context.written(number))
        elif is_shape(one, context.module, scope):
            computed = True
            written.append(f"*{context.written(one)}")
        else:
            return None
    return written if computed else None


def _expanded(node: Node, scope: Scope, context: Context) -> Node | None:
    """The part of a shape that `tf.expand_dims` makes a tensor of one number of."""
    row, call = _called(node, scope, context)
    if row is None or call is None or row.target != "keras.ops.expand_dims":
        return None
    try:
        first = bind(call, row)[row.parameters[0][0]].value
    except RefusedError:
        return None
    return first if _is_number(first, scope, context) else None


def _is_number(node: Node, scope: Scope, context: Context, depth: int = _DEPTH) -> bool:
    """Whether an expression is a part of a shape, or a number that is computed of such."""
    node = unparenthesized(node)
    if depth == 0:
        return False
    if node.type == "integer":
        return True
    if node.type == "subscript":
        whole = node.child_by_field_name("value")
        return (
            whole is not None and _index(node) == "one" and is_shape(whole, context.module, scope)
        )
    if node.type == "unary_operator":
        return isinstance(literal(node), int)
    if node.type == "binary_operator":
        sides = (node.child_by_field_name(side) for side in ("left", "right"))
        return all(one is not None and _is_number(one, scope, context, depth - 1) for one in sides)
    if node.type == "identifier":
        bindings = scope.reaching(text(node), node.start_byte)
        return bool(bindings) and all(
            one.kind is BindingKind.ASSIGNMENT
            and one.value is not None
            and (
                is_shape(one.value, context.module, one.scope)
                if one.item is not None
                else _is_number(one.value, one.scope, context, depth - 1)
            )
            for one in bindings
        )
    return False


def _index(subscript: Node) -> str:
    """`slice`, `one`, or `other` for several indices."""
    indices = subscript.children_by_field_name("subscript")
    if len(indices) != 1 or indices[0].type == "tuple":
        return "other"
    return "slice" if indices[0].type == "slice" else "one"


def _called(node: Node, scope: Scope, context: Context) -> tuple[Op | None, Node | None]:
    """The row of the function that a call calls, and the call; None for what isn't there."""
    function = node.child_by_field_name("function") if node.type == "call" else None
    if function is None:
        return None, None
    rows = {op(name) for name in context.module.names_of(function, scope)}
    return (rows.pop() if len(rows) == 1 else None), node


def _use(node: Node, scope: Scope, context: Context, depth: int) -> Use:
    """What becomes of the value of `node`, which is a shape."""
    around = node.parent
    while around is not None and around.type == "parenthesized_expression":
        node, around = around, around.parent
    if around is None or depth == 0:
        return Use.UNKNOWN
    if around.type == "subscript":
        if _index(around) == "slice":
            return _use(around, scope, context, depth - 1)
        return Use.PARTS
    if around.type in ("list_splat", "pattern_list", "for_statement"):
        return Use.PARTS
    if around.type in ("binary_operator", "unary_operator", "comparison_operator", "attribute"):
        return Use.TENSOR
    if around.type == "assignment":
        return _use_of_names(node, around, scope, context, depth)
    if around.type in ("list", "tuple"):
        outer = around.parent
        call = outer.parent if outer is not None else None
        if call is None or outer is None or outer.type not in ("argument_list", "keyword_argument"):
            return Use.UNKNOWN
        call = call.parent if outer.type == "keyword_argument" else call
        row = _called(call, scope, context)[0] if call is not None else None
        if row is None or call is None or row.target != "keras.ops.concatenate":
            return Use.UNKNOWN
        return Use.SHAPE if _parts(call, row, scope, context) is not None else Use.TENSOR
    return _use_in_call(node, around, scope, context)


def _use_in_call(node: Node, around: Node, scope: Scope, context: Context) -> Use:
    arguments = around.parent if around.type == "keyword_argument" else around
    call = arguments.parent if arguments is not None else None
    function = call.child_by_field_name("function") if call is not None else None
    if arguments is None or arguments.type != "argument_list" or function is None or call is None:
        return Use.UNKNOWN
    if function.type == "identifier" and text(function) in _PYTHON:
        return Use.PARTS
    names = context.module.names_of(function, scope)
    rows = {op(name) for name in names} - {None}
    if len(names) != 1 or not (rows or (canonical(names[0]) or "").startswith(_PACKAGES)):
        return Use.UNKNOWN
    row = next(iter(rows), None)
    if row is not None and _parts(call, row, scope, context) is not None:
        return Use.PARTS
    if row is not None and not row.rewrites:
        return Use.UNKNOWN
    if (row.target if row is not None else canonical(names[0])) in _TAKES_TUPLE:
        return Use.PARTS
    place = _TAKES_SHAPE.get(names[0].rpartition(".")[2])
    if place is None:
        return Use.TENSOR
    if around.type == "keyword_argument":
        keyword = around.child_by_field_name("name")
        first = row.parameters[0][0] if row is not None else None
        index = int(keyword is None or text(keyword) != first)
    else:
        ids = [one.id for one in argument_nodes(arguments)]
        index = ids.index(node.id) if node.id in ids else 0
    return Use.SHAPE if index >= min(place, 1) else Use.TENSOR


def _use_of_names(node: Node, assignment: Node, scope: Scope, context: Context, depth: int) -> Use:
    left = assignment.child_by_field_name("left")
    if left is None or left.type != "identifier":
        return Use.PARTS if left is not None and left.type == "pattern_list" else Use.UNKNOWN
    uses = {
        _use(reference.nodes[0], reference.scope, context, depth - 1)
        for around in scope.enclosing()
        for binding in around.bindings.get(text(left), ())
        if binding.value is not None and binding.value.id == node.id
        for reference in _references(text(left), context)
        if binding in reference.scope.reaching(text(left), reference.offset)
    }
    for use in (Use.TENSOR, Use.UNKNOWN, Use.SHAPE, Use.PARTS):
        if use in uses:
            return use
    return Use.UNKNOWN


def _references(name: str, context: Context) -> list[Reference]:
    return context.module.fact("references by name", _references_by_name).get(name, [])


def _references_by_name(module: Module) -> dict[str, list[Reference]]:
    found: dict[str, list[Reference]] = {}
    for reference in module.references:
        found.setdefault(reference.names[0], []).append(reference)
    return found
