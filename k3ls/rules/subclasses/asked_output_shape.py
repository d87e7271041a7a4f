"""Own layers that are asked for the shape of their output.

## What it does

Finds layers and models without `compute_output_shape` that are wrapped in `TimeDistributed`, and
calls of their `compute_output_shape`; and writes the method, as `call` says.

## Why

In Keras 2 every layer knows the shape of its output, by running `call`. In Keras 3 the method is
there only where the class has it:

    NotImplementedError: Layer Block does not have a `compute_output_shape` method implemented.
    Should implement `def compute_output_shape(self, input_shape)`.

## Example

    class Block(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(2)

        def call(self, inputs):
            return keras.ops.mean(self.dense(inputs), axis=1)

    outputs = keras.layers.TimeDistributed(Block())(inputs)

becomes

    class Block(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(2)

        def call(self, inputs):
            return keras.ops.mean(self.dense(inputs), axis=1)

        def compute_output_shape(self, input_shape):
            dense_shape = self.dense.compute_output_shape(input_shape)
            return (*dense_shape[:1], *dense_shape[2:])

    outputs = keras.layers.TimeDistributed(Block())(inputs)

## Fix safety

Unsafe: each branch of `if training` and the like is taken to give the same shape. A layer that has
the method isn't run by models that are made of it: its `build` has to build the layers inside,
which `unbuilt-sublayers` sees to. There is no fix where the shape can't be followed; the finding
names the line.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.following import Follower, parameters
from k3ls.rules.rewriting.methods import append_methods
from k3ls.rules.rewriting.rewrite import RefusedError, written_arguments
from k3ls.rules.rewriting.shapes import Tensor
from k3ls.rules.rewriting.statements import rendered
from k3ls.rules.rule import Rule
from k3ls.semantics import Kind, Reference, Scope, defines, kind_of, method
from k3ls.text import Edit

RULE = Rule("K253", "asked-output-shape", Severity.ERROR)

_METHOD = "compute_output_shape"
_SHAPE = "input_shape"
_BASES = frozenset(("keras.layers.Layer", "keras.Model"))


@RULE.call
def check_wrapped(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or arguments.type != "argument_list":
        return
    names = context.module.names_of(function, scope)
    if {canonical(name) for name in names} != {"keras.layers.TimeDistributed"}:
        return
    for given in written_arguments(arguments)[:1]:
        kind = kind_of(context.module, given.value, scope)
        if kind is not None and _lacks_method(kind, context):
            yield _finding(given.value, kind, "`TimeDistributed`", context)


@RULE.attribute(_METHOD)
def check_called(reference: Reference, context: Context) -> Iterator[Finding]:
    owner = context.owner(reference, "keras.layers.Layer")
    if reference.call is not None and owner is not None and _lacks_method(owner, context):
        yield _finding(reference.node, owner, "this", context)


def _lacks_method(kind: Kind, context: Context) -> bool:
    """Whether this is an instance of a class with its own `call` alone."""
    known = {base for base in kind.bases if base.startswith("keras.")}
    return (
        kind.type == "object"
        and bool(known & _BASES)
        and not any(base.startswith("keras.layers.") for base in known - _BASES)
        and "keras.Sequential" not in known
        and defines(context.module, kind, "call")
        and not defines(context.module, kind, _METHOD)
        and not defines(context.module, kind, "compute_output_spec")
    )


def _finding(node: Node, kind: Kind, asking: str, context: Context) -> Finding:
    message = f"{asking} asks for `{_METHOD}`, which Keras 3 doesn't have for this layer"
    fix = None
    try:
        fix = Fix(f"Write `{_METHOD}`", tuple(_edits(kind, context)), Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    return RULE.finding(node.start_byte, node.end_byte, message, fix)


def _edits(kind: Kind, context: Context) -> Iterator[Edit]:
    call = method(context.module, kind.scope, "call") if kind.scope is not None else None
    cls = call.method_class() if call is not None else None
    if call is None or cls is None:
        raise RefusedError("its class is in another file")
    names = parameters(call)
    if not names:
        raise RefusedError("it isn't known what it is called with")
    follower = Follower(context, cls, ("self", _SHAPE))
    follower.follow(call, {names[0]: Tensor(_SHAPE)})
    lines = rendered(follower.shape_of_output(), "    ", "    ")
    edit = append_methods(cls, [[f"def {_METHOD}(self, {_SHAPE}):", *lines]], context)
    if edit is None:
        raise RefusedError("the class is written on one line")
    yield from follower.imports(edit.text)
    yield edit
