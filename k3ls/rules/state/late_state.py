"""Weights and layers that `call` makes.

## What it does

Finds layers that make weights or layers in `call`, the first time it runs, and moves that to
`build`.

## Why

    ValueError: You cannot add new elements of state (variables or sub-layers) to a layer that is
    already built. All state must be created in the `__init__()` method or in the `build()` method.

## Example

    class Residual(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.dense = None

        def call(self, inputs):
            if self.dense is None:
                self.dense = keras.layers.Dense(inputs.shape[-1])
            return inputs + self.dense(inputs)

becomes

    class Residual(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.dense = None

        def build(self, input_shape):
            self.dense = keras.layers.Dense(input_shape[-1])
            super().build(input_shape)

        def call(self, inputs):
            return inputs + self.dense(inputs)

## Fix safety

Unsafe: a layer that is never called in `call` has no weights then. There is no fix where `call`
makes them without asking whether they are there, where they depend on more than the shape of its
input, and for a layer that has a `build`. A layer with other layers made in `__init__` that are not
built yet has no finding: Keras 3 runs its `call` to build them.

Since Keras 3.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, class_kind, defines, kind_of
from k3ls.syntax import argument_nodes, nodes_of, text
from k3ls.text import Edit

RULE = Rule("K505", "late-state", Severity.ERROR)

_ADDING = ("add_weight", "add_variable")


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for item in context.module.items:
        for cls in item.classes:
            bound = cls.bindings.get("call")
            call = bound[-1].inner if bound else None
            if call is None or not class_kind(context.module, cls).is_a("keras.layers.Layer"):
                continue
            made = [one for one in _assignments(call) if _makes_state(one, call, context)]
            if made and not _has_unbuilt_layers(cls, context):
                yield from _findings(made, cls, call, context)


def _assignments(call: Scope) -> list[Node]:
    """The assignments to attributes of `self` in a method, but for those of inner functions."""
    body = call.node.child_by_field_name("body")
    found: list[Node] = []
    stack = [body] if body is not None else []
    while stack:
        node = stack.pop()
        if node.type == "assignment":
            left = node.child_by_field_name("left")
            if left is not None and re.fullmatch(r"self\.\w+", text(left)):
                found.append(node)
        elif not node.type.endswith("_definition") and node.type != "lambda":
            stack += node.named_children
    return found


def _makes_state(assignment: Node, call: Scope, context: Context) -> bool:
    value = assignment.child_by_field_name("right")
    function = value.child_by_field_name("function") if value is not None else None
    if value is None or value.type != "call" or function is None:
        return False
    if text(function) in [f"self.{name}" for name in _ADDING]:
        return True
    kind = kind_of(context.module, value, call)
    return kind is not None and kind.type == "object" and kind.is_a("keras.layers.Layer")


def _has_unbuilt_layers(cls: Scope, context: Context) -> bool:
    """Whether `__init__` may make layers: Keras runs `call` to build them then, and what it makes
    there is kept."""
    kind = class_kind(context.module, cls)
    if defines(context.module, kind, "build"):
        return False
    bound = cls.bindings.get("__init__")
    made = bound[-1].inner if bound else None
    if made is None:
        return kind.scope is not cls or bool(bound)
    for assignment in _assignments(made):
        value = assignment.child_by_field_name("right")
        if value is not None and value.type in ("list", "dictionary", "list_comprehension"):
            return True
        one = kind_of(context.module, value, made) if value is not None else None
        if value is not None and value.type == "call" and (one is None or one.type == "object"):
            return True
    return False


def _findings(made: list[Node], cls: Scope, call: Scope, context: Context) -> Iterator[Finding]:
    message = "a layer of Keras 3 can't get new weights and layers in `call`: make them in `build`"
    fix = None
    reason = ""
    try:
        fix = Fix("Move to `build`", tuple(_edits(made, cls, call, context)), Applicability.UNSAFE)
    except RefusedError as refused:
        reason = f" ({refused})"
    for number, one in enumerate(sorted(made, key=lambda node: node.start_byte)):
        yield RULE.finding(
            one.start_byte,
            one.end_byte,
            message + reason,
            fix if number == 0 else None,
            rewritten=[call],
        )


def _edits(made: list[Node], cls: Scope, call: Scope, context: Context) -> Iterator[Edit]:
    if defines(context.module, class_kind(context.module, cls), "build"):
        raise RefusedError("the layer has a `build`")
    blocks = {_guarded(one) for one in made}
    if len(blocks) != 1:
        raise RefusedError("they are made in several places")
    block = blocks.pop()
    if block is None or not alone_on_line(block, context.source):
        raise RefusedError("`call` doesn't ask whether they are there")
    parameters = call.node.child_by_field_name("parameters")
    names = argument_nodes(parameters) if parameters is not None else []
    inputs = text(names[1]) if len(names) > 1 and names[1].type == "identifier" else ""
    body = block.child_by_field_name("consequence")
    if body is None or not inputs or "build" in cls.bindings or call.decorators:
        raise RefusedError("what it is called with isn't known")
    source, starts = context.source, context.source.lines.starts
    first, last = (source.lines.line_of(one) for one in (block.start_byte, block.end_byte))
    if source.lines.line_of(body.start_byte) == first or b"#" in source.lines.line_bytes(first):
        raise RefusedError("its comment would be lost")
    end = starts[last + 1] if last + 1 < len(starts) else len(source.data)
    written = source.data[starts[first + 1] : block.end_byte].decode()
    shape = rf"\b{re.escape(inputs)}\.(?:shape|get_shape\(\))"
    outside = {
        text(one)
        for one in nodes_of(call.node, "identifier")
        if not block.start_byte <= one.start_byte < block.end_byte
    }
    local = {text(one) for one in nodes_of(body, "identifier")} & set(call.bindings)
    if (local & outside) - {"self", inputs} or inputs in re.findall(
        r"\w+", re.sub(shape, "", written)
    ):
        raise RefusedError("they depend on more than the shape of the input")
    newline = source.newline
    outer, inner = context.indentation(call.node), context.indentation(body.named_children[0])
    indent = outer + context.indent
    lines = re.sub(shape, "input_shape", written).split(newline)
    moved = [indent + line.removeprefix(inner) if line.strip() else line for line in lines]
    method = [
        "def build(self, input_shape):",
        *moved,
        f"{indent}super().build(input_shape)",
    ]
    start = call.node.start_byte
    yield Edit(start, start, newline.join(method) + newline * 2 + outer)
    yield Edit(starts[first], end, "")


def _guarded(assignment: Node) -> Node | None:
    """The `if self.x is None:` around an assignment, directly in the function's body."""
    statement = assignment.parent
    body = statement.parent if statement is not None else None
    block = body.parent if body is not None else None
    if block is None or block.type != "if_statement" or block.child_by_field_name("alternative"):
        return None
    condition = block.child_by_field_name("condition")
    around = block.parent.parent if block.parent is not None else None
    asks = r"self\.(\w+) is None|not hasattr\(self, [\"'](\w+)[\"']\)|not self\.(\w+)"
    if condition is None or around is None or around.type != "function_definition":
        return None
    return block if re.fullmatch(asks, text(condition)) else None
