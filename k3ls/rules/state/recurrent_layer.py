"""What recurrent layers and cells are called with.

## What it does

Finds recurrent layers that are called with a list of their input and their states, or with
`constants`; cells that want these; calls of `get_initial_state` with the inputs; own
`get_initial_state` without `batch_size`; own `call` of a recurrent layer that names its input otherwise; and a `state_size`
that is a `tf.TensorShape`.

## Why

Recurrent layers of Keras 3 take `sequences`, the states as `initial_state` and no constants; cells
are asked for their states by the number of sequences:

    ValueError: Layer "lstm" expects 1 input(s), but it received 3 input tensors.
    TypeError: got an unexpected keyword argument 'constants'
    TypeError: LSTMCell.get_initial_state() got an unexpected keyword argument 'inputs'
    TypeError: Ones.get_initial_state() got an unexpected keyword argument 'batch_size'
    ValueError: For a `build()` method with more than one argument, all arguments should have a `_shape` suffix and match an argument from `call()`. E.g. `build(self, foo_shape, bar_shape)`  For layer 'Doubled', received `build()` argument `sequences_shape`, but `call()` does not have argument `sequences`.
    ValueError: state_size must be an integer, or a list/tuple of integers (one for each state tensor).

## Example

    outputs = lstm([inputs, h, c])
    states = gru.get_initial_state(keras.ops.ones((2, 4, 3)))

    class Doubled(keras.layers.GRU):
        def call(self, inputs, **kwargs):
            return super().call(inputs, **kwargs) * 2

becomes

    outputs = lstm(inputs, initial_state=[h, c])
    states = gru.get_initial_state(batch_size=keras.ops.shape(keras.ops.ones((2, 4, 3)))[0])

    class Doubled(keras.layers.GRU):
        def call(self, sequences, **kwargs):
            return super().call(sequences, **kwargs) * 2

## Fix safety

Safe. Unsafe for the parameter of `call`, which others may give by keyword, and where
`get_initial_state` was given a dtype: the states have the one that the cell computes in. There is
no fix for `constants`: keep them in the cell, or join them to the inputs of each step. Nothing is
said of `get_initial_state(x)` where it isn't known that `x` is a tensor.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, given_arguments, literal
from k3ls.rules.rule import Rule
from k3ls.semantics import (
    Reference,
    Scope,
    class_kind,
    defines,
    enclosing_class,
    in_layer_call,
    kind_of,
)
from k3ls.syntax import argument_nodes, nodes_of, text, unparenthesized
from k3ls.text import Edit

RULE = Rule("K225", "recurrent-layer", Severity.ERROR)

_SEQUENCES = "sequences"
_RNN = "keras.layers.RNN"
_RECURRENT = (_RNN, "keras.layers.Bidirectional")
_CELLS = tuple(
    f"keras.layers.{name}" for name in "LSTMCell GRUCell SimpleRNNCell StackedRNNCells".split()
)
_PARAMETERS = (("inputs", "None"), ("batch_size", "None"), ("dtype", "None"))
_SHAPES = frozenset(("tensorflow.shape", "keras.ops.shape", "tensorflow.keras.backend.shape"))


@RULE.call
def check_constants(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or b"constants" not in (arguments.text or b""):
        return
    for node in argument_nodes(arguments):
        name = node.child_by_field_name("name") if node.type == "keyword_argument" else None
        value = node.child_by_field_name("value")
        if name is None or value is None or text(name) != "constants" or text(value) == "None":
            continue
        kind = kind_of(context.module, function, scope)
        known = kind is not None and kind.type == "object" and kind.scope is None
        if kind is not None and known and kind.is_a(*_RECURRENT):
            message = "recurrent layers of Keras 3 take no `constants`: keep them in the cell"
            yield RULE.finding(node.start_byte, node.end_byte, message)


@RULE.call
def check_list(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    arguments = call.child_by_field_name("arguments")
    function = call.child_by_field_name("function")
    given = argument_nodes(arguments) if arguments is not None else []
    if function is None or not given or given[0].type not in ("list", "binary_operator"):
        return
    kind = kind_of(context.module, function, scope)
    if kind is None or kind.type != "object" or not kind.is_a(*_RECURRENT):
        return
    edits = list(_split(given[0]))
    if not edits or kind.scope is not None:
        return
    message = "recurrent layers of Keras 3 take one input: give the states as `initial_state`"
    fix = None
    if any(node.type != "keyword_argument" for node in given[1:]):
        message += " (it has other arguments without a keyword)"
    elif any(text(node).startswith("initial_state") for node in given[1:]):
        return
    else:
        fix = Fix("Give the states as `initial_state`", tuple(edits), Applicability.SAFE)
    yield RULE.finding(given[0].start_byte, given[0].end_byte, message, fix)


def _split(node: Node) -> Iterator[Edit]:
    """The edits that make an argument of `[x, h, c]` or `[x] + states` two; none of another."""
    if node.type == "list":
        items = argument_nodes(node)
        if len(items) < 2 or items[0].type == "list_splat":
            return
        if any(child.type == "comment" for child in node.named_children):
            return
        yield Edit(node.start_byte, items[0].start_byte, "")
        yield Edit(items[0].end_byte, items[1].start_byte, ", initial_state=[")
        yield Edit(items[-1].end_byte, node.end_byte, "]")
        return
    left = node.child_by_field_name("left")
    right = node.child_by_field_name("right")
    if left is None or right is None or left.type != "list" or len(argument_nodes(left)) != 1:
        return
    first = argument_nodes(left)[0]
    if first.type == "list_splat":
        return
    yield Edit(node.start_byte, first.start_byte, "")
    yield Edit(first.end_byte, right.start_byte, ", initial_state=")


@RULE.attribute("get_initial_state")
def check_call(reference: Reference, context: Context) -> Iterator[Finding]:
    call = reference.call
    owner = context.owner(reference, _RNN, *_CELLS)
    if call is None or owner is None:
        return
    try:
        given = given_arguments(call, "get_initial_state", _PARAMETERS)
    except RefusedError:
        return
    inputs, dtype = given.get("inputs"), given.get("dtype")
    size = given.get("batch_size")
    if inputs is None and dtype is None:
        return
    if inputs is not None and inputs.keyword is None and len(given) == 1:
        # Keras 3 has the number of sequences at this place.
        tensor = _is_tensor(inputs.value, reference.scope, context)
        if not tensor:
            return
    arguments = call.child_by_field_name("arguments")
    assert arguments is not None
    message = "`get_initial_state` of Keras 3 takes the number of sequences alone"
    fix = None
    imports: tuple[Edit, ...] = ()
    try:
        if size is not None and literal(size.value) is not None:
            source = context.written(size.value)
        elif inputs is not None and literal(inputs.value) is not None:
            name = context.name("keras.ops.shape", reference)
            source, imports = f"{name.source}({context.written(inputs.value)})[0]", name.edits
        else:
            raise RefusedError("it isn't given how many there are")
        edit = Edit(arguments.start_byte, arguments.end_byte, f"(batch_size={source})")
        safe = Applicability.SAFE if dtype is None else Applicability.UNSAFE
        fix = Fix("Give the number of sequences", (edit, *imports), safe)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(arguments.start_byte, arguments.end_byte, message, fix)


def _is_tensor(node: Node, scope: Scope, context: Context) -> bool:
    node = unparenthesized(node)
    if node.type == "subscript" and any(
        text(one) in ("shape", "get_shape") for one in nodes_of(node, "identifier")
    ):
        return False
    kind = kind_of(context.module, node, scope)
    if kind is not None:
        return (kind.is_tensor or kind.type == "array") and kind.dtype != "int"
    function = scope.function()
    names = function.node.child_by_field_name("parameters") if function is not None else None
    first = [text(one) for one in argument_nodes(names)[1:2]] if names is not None else []
    return in_layer_call(context.module, scope) and text(node) in first


@RULE.module
def check_own(context: Context) -> Iterator[Finding]:
    for item in context.module.items:
        for cls in item.classes:
            kind = class_kind(context.module, cls)
            if not kind.is_a("keras.layers.Layer"):
                continue
            sized = "state_size" in cls.attributes or "state_size" in cls.bindings
            bound = cls.bindings.get("get_initial_state")
            method = bound[-1].inner if bound else None
            if method is not None and (sized or kind.is_a(_RNN, *_CELLS)):
                yield from _own(method, context)
            bound = cls.bindings.get("call")
            method = bound[-1].inner if bound else None
            if method is not None and sized:
                yield from _own_constants(method)
            recurrent = kind.is_a(*_RECURRENT) and not defines(context.module, kind, "build")
            if method is not None and recurrent:
                yield from _own_call(method, context)


def _own_constants(method: Scope) -> Iterator[Finding]:
    """`def call(self, inputs, states, constants)` of a cell."""
    parameters = method.node.child_by_field_name("parameters")
    for node in argument_nodes(parameters) if parameters is not None else []:
        if node.type == "identifier" and text(node) == "constants":
            message = "recurrent layers of Keras 3 give their cell no `constants`"
            yield RULE.finding(node.start_byte, node.end_byte, message)


def _own_call(method: Scope, context: Context) -> Iterator[Finding]:
    """`def call(self, inputs)` beside a `build` that is given `sequences_shape`."""
    node = method.node.child_by_field_name("parameters")
    given = argument_nodes(node) if node is not None else []
    if len(given) < 2 or given[1].type != "identifier" or _SEQUENCES in method.bindings:
        return
    old = text(given[1])
    nodes = {binding.node for binding in method.bindings.get(old, ())}
    nodes |= {
        reference.nodes[0]
        for reference in context.module.references
        if reference.names[0] == old and reference.scope.holder(old) is method
    }
    message = f"`call` of a recurrent layer takes `{_SEQUENCES}` in Keras 3"
    places = sorted({(one.start_byte, one.end_byte) for one in nodes})
    edits = tuple(Edit(start, end, _SEQUENCES) for start, end in places)
    fix = Fix(f"Name it `{_SEQUENCES}`", edits, Applicability.UNSAFE)
    yield RULE.finding(given[1].start_byte, given[1].end_byte, message, fix)


def _own(method: Scope, context: Context) -> Iterator[Finding]:
    """`def get_initial_state(self, inputs)`."""
    node = method.node.child_by_field_name("parameters")
    given = argument_nodes(node) if node is not None else []
    if "batch_size" in method.bindings or len(given) != 2 or given[1].type != "identifier":
        return
    if method.decorators:
        return
    inputs = given[1]
    message = "Keras 3 calls `get_initial_state(batch_size=…)`"
    edits = [Edit(inputs.start_byte, inputs.end_byte, "batch_size")]
    fix = None
    body = method.node.child_by_field_name("body")
    assert body is not None
    used = [one for one in nodes_of(body, "identifier") if text(one) == text(inputs)]
    sizes = [_size(one, method, context) for one in used]
    if all(sizes):
        edits += (Edit(one.start_byte, one.end_byte, "batch_size") for one in sizes if one)
        fix = Fix("Take `batch_size`", tuple(edits), Applicability.SAFE)
    else:
        message += f" (`{text(inputs)}` is read for more than its first dimension)"
    yield RULE.finding(inputs.start_byte, inputs.end_byte, message, fix)


def _size(name: Node, method: Scope, context: Context) -> Node | None:
    """The whole of `tf.shape(inputs)[0]` or `inputs.shape[0]` around `inputs`."""
    shape = name.parent
    if shape is not None and shape.type == "argument_list":
        shape = shape.parent
        function = shape.child_by_field_name("function") if shape is not None else None
        if function is None or _SHAPES.isdisjoint(context.module.names_of(function, method)):
            return None
    elif shape is None or shape.type != "attribute" or not text(shape).endswith(".shape"):
        return None
    whole = shape.parent if shape is not None else None
    if whole is None or whole.type != "subscript" or whole.child_by_field_name("value") != shape:
        return None
    index = whole.child_by_field_name("subscript")
    return whole if index is not None and text(index) == "0" else None


@RULE.reference("tensorflow.TensorShape")
def check_size(reference: Reference, context: Context) -> Iterator[Finding]:
    """`self.state_size = tf.TensorShape([units])`."""
    call = reference.call
    if call is None or set(context.module.qualified(reference)) != {"tensorflow.TensorShape"}:
        return
    cls = enclosing_class(context.module, reference.scope)
    if cls is None or not cls.is_a("keras.layers.Layer") or not _is_state_size(call, reference):
        return
    arguments = call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    dimensions = given[0] if len(given) == 1 else None
    items = argument_nodes(dimensions) if dimensions is not None else []
    message = "a `state_size` of Keras 3 is an integer for each state"
    fix = None
    if dimensions is not None and dimensions.type in ("list", "tuple") and len(items) == 1:
        edit = Edit(call.start_byte, call.end_byte, context.written(items[0]))
        fix = Fix("Write the integer", (edit,), Applicability.SAFE)
    else:
        message += ": return states of other shapes from `get_initial_state`"
    yield RULE.finding(call.start_byte, call.end_byte, message, fix)


def _is_state_size(call: Node, reference: Reference) -> bool:
    """Whether the value becomes a `state_size`, alone or in a list."""
    node: Node | None = call.parent
    while node is not None and node.type in ("list", "tuple", "expression_list"):
        node = node.parent
    if node is None:
        return False
    if node.type == "return_statement":
        function = reference.scope.function()
        return function is not None and function.name == "state_size"
    left = node.child_by_field_name("left") if node.type == "assignment" else None
    return left is not None and text(left).endswith(".state_size")
