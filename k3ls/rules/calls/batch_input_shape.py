"""`batch_input_shape=` given to the first layer of a model.

## What it does

Finds layers that are made with `batch_input_shape`, and puts an input before them; and
`config["batch_input_shape"] = shape` of a layer's configuration, which can have `input_shape`.

## Why

Layers of Keras 3 take no shape with a batch size:

    ValueError: Unrecognized keyword arguments passed to LSTM: {'batch_input_shape': (2, 4, 3)}

## Example

    model.add(keras.layers.LSTM(8, batch_input_shape=(32, 10, 4), stateful=True))

becomes

    model.add(keras.Input(batch_shape=(32, 10, 4)))
    model.add(keras.layers.LSTM(8, stateful=True))

## Fix safety

Safe: it is what Keras 2 does with the argument. There is no fix where the layer is made in one
statement and added to the model in another. Unsafe in a configuration: the batch size is lost.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, Name, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import Given, RefusedError, list_edits
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, kind_of
from k3ls.syntax import argument_nodes, string_value, text
from k3ls.text import Edit, merged

RULE = Rule("K224", "batch-input-shape", Severity.ERROR)

_SHAPE = "batch_input_shape"
_MODELS = frozenset(("keras.Sequential", "keras.models.Sequential"))


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or _SHAPE.encode() not in (arguments.text or b""):
        return
    given = [Given(_keyword(node), node, node, None) for node in argument_nodes(arguments)]
    shape = next((one for one in given if one.parameter == _SHAPE), None)
    value = shape.node.child_by_field_name("value") if shape is not None else None
    kind = kind_of(context.module, function, scope)
    if shape is None or value is None or kind is None or kind.type != "class":
        return
    if not kind.is_a("keras.layers.Layer") or kind.is_a("keras.layers.InputLayer"):
        return
    init = kind.scope.bindings.get("__init__") if kind.scope is not None else None
    inner = init[-1].inner if init else None
    if inner is not None and _SHAPE in inner.bindings:
        return
    message = f"layers of Keras 3 take no `{_SHAPE}`: put an input before the layer"
    fix = None
    try:
        dtype = next((one for one in given if one.parameter == "dtype"), None)
        written = f"(batch_shape={context.written(value)}"
        written += f", {context.written(dtype.node)})" if dtype is not None else ")"
        name = context.name_at("keras.Input", call, scope)
        kept = [one for one in given if one is not shape]
        edits = list_edits(arguments, kept, [shape], [])
        edits += _input(call, name, written, scope, context)
        fix = Fix("Put an input before it", tuple(merged(edits)), Applicability.SAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(shape.node.start_byte, shape.node.end_byte, message, fix)


@RULE.module
def check_config(context: Context) -> Iterator[Finding]:
    """`config["batch_input_shape"] = shape`."""
    if f'["{_SHAPE}"]'.encode() not in context.source.data.replace(b"'", b'"'):
        return
    for reference in context.module.references:
        subscript = reference.node.parent
        assignment = subscript.parent if subscript is not None else None
        if subscript is None or assignment is None or assignment.type != "assignment":
            continue
        key = subscript.child_by_field_name("subscript")
        right = assignment.child_by_field_name("right")
        if key is None or right is None or string_value(key) != _SHAPE:
            continue
        made = [one.value for one in reference.scope.reaching(reference.names[0], reference.offset)]
        if len(made) != 1 or made[0] is None or not text(made[0]).endswith(".get_config()"):
            continue
        edits = (
            Edit(key.start_byte, key.end_byte, '"input_shape"'),
            Edit(right.start_byte, right.end_byte, f"{context.written(right)}[1:]"),
        )
        fix = Fix("Give it `input_shape`", edits, Applicability.UNSAFE)
        message = f"layers of Keras 3 take no `{_SHAPE}`, in a configuration either"
        yield RULE.finding(key.start_byte, key.end_byte, message, fix)


def _keyword(node: Node) -> str:
    name = node.child_by_field_name("name") if node.type == "keyword_argument" else None
    return text(name) if name is not None else ""


def _input(call: Node, name: Name, written: str, scope: Scope, context: Context) -> Iterator[Edit]:
    """The edits that put the input before the layer, where the model gets it."""
    around = call.parent
    outer = around.parent if around is not None else None
    if around is None or outer is None:
        raise RefusedError("it isn't clear which model the layer is for")
    if around.type == "call" and around.child_by_field_name("function") == call:
        # It is called on a tensor, which has the shape.
        return
    source = name.source + written
    if around.type == "list" and argument_nodes(around)[0] == call:
        function = outer.parent.child_by_field_name("function") if outer.parent else None
        kind = kind_of(context.module, function, scope) if function is not None else None
        if kind is None or kind.name not in _MODELS or outer.type != "argument_list":
            raise RefusedError("the list isn't given to `Sequential`")
        start = call.start_byte
        before = context.source.data[around.start_byte + 1 : start].decode()
        yield Edit(start, start, f"{source},{before or ' '}")
        yield from name.edits
        return
    statement = outer.parent
    function = outer.child_by_field_name("function") if outer.type == "call" else None
    owner = function.child_by_field_name("object") if function is not None else None
    method = function.child_by_field_name("attribute") if function is not None else None
    if (
        owner is None
        or method is None
        or text(method) != "add"
        or len(argument_nodes(around)) != 1
        or statement is None
        or statement.type != "expression_statement"
        or not alone_on_line(statement, context.source)
    ):
        raise RefusedError("it isn't clear which model the layer is for")
    added = f"{context.written(owner)}.add("
    previous = statement.prev_named_sibling
    while previous is not None and previous.type == "comment":
        previous = previous.prev_named_sibling
    if previous is not None and text(previous).startswith(added):
        # Only the first layer's counts.
        return
    branch = scope.branch_at(call.start_byte)
    if branch is not None and branch.in_loop():
        raise RefusedError("it is added in a loop, where only the first layer's counts")
    before = context.source.newline + context.indentation(statement)
    start = statement.start_byte
    yield Edit(start, start, f"{added}{source}){before}")
    yield from name.edits
