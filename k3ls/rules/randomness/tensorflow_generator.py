"""A `tf.random.Generator`.

## What it does

Finds `tf.random.Generator`, and puts a `keras.random.SeedGenerator` in its place where a layer or
model keeps it and draws from it with `uniform`, `normal` or `truncated_normal`.

## Why

It runs on TensorFlow alone: on JAX and torch what it gives can't be computed with, and its state
isn't kept.

## Example

    class Noise(keras.layers.Layer):
        def __init__(self, seed=1):
            super().__init__()
            self.rng = tf.random.Generator.from_seed(seed)

        def call(self, inputs):
            return inputs + self.rng.normal(tf.shape(inputs), stddev=0.1)

becomes

    class Noise(keras.layers.Layer):
        def __init__(self, seed=1):
            super().__init__()
            self.rng = keras.random.SeedGenerator(seed)

        def call(self, inputs):
            return inputs + keras.random.normal(tf.shape(inputs), stddev=0.1, seed=self.rng)

## Fix safety

Unsafe: other numbers are drawn. The seed has to be an integer.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.ops import op
from k3ls.rules.context import Context, Names, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, rewrite, written_arguments
from k3ls.rules.rewriting.seed_generator import SeedGenerator, drawing_from
from k3ls.rules.rule import Rule
from k3ls.rules.state.weight import own_attribute
from k3ls.semantics import Reference, Scope, class_kind, stays_tensorflow
from k3ls.syntax import nodes_of, text
from k3ls.text import Edit

RULE = Rule("K512", "tensorflow-generator", Severity.INFORMATION, backends_only=True)

_MAKERS = ("from_seed", "from_non_deterministic_state")
_METHODS = ("normal", "truncated_normal", "uniform")


@RULE.reference("tensorflow.random.Generator", "tensorflow.random.get_global_generator")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    if reference.call is None or stays_tensorflow(context.module, reference.scope):
        return
    message = "a `tf.random.Generator` runs on TensorFlow only; a `keras.random.SeedGenerator`"
    message += " that functions of `keras.random` get as `seed` runs on every backend"
    fix = None
    try:
        edits = tuple(dict.fromkeys(_edits(reference, reference.call, context)))
        fix = Fix("Make it a `SeedGenerator`", edits, Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(reference.node.start_byte, reference.node.end_byte, message, fix)


def _edits(reference: Reference, call: Node, context: Context) -> Iterator[Edit]:
    found = own_attribute(reference, context)
    arguments = call.child_by_field_name("arguments")
    given = written_arguments(arguments) if arguments is not None else []
    if found is None or not class_kind(context.module, found[1]).is_a(
        "keras.layers.Layer", "keras.Model"
    ):
        raise RefusedError("no layer keeps it")
    if reference.names[-1] not in _MAKERS or len(given) > 1:
        raise RefusedError("it isn't made from a seed alone")
    names = Names(context, reference)
    function = names("keras.random.SeedGenerator")
    yield Edit(reference.node.start_byte, reference.node.end_byte, function)
    attribute, owner = found
    for use in nodes_of(owner.node, "attribute"):
        if text(use) == text(attribute) and use != attribute:
            yield from _drawing(use, owner, context, names)
    yield from names.imports


def _drawing(use: Node, owner: Scope, context: Context, names: Names) -> Iterator[Edit]:
    """The edits of one use of the generator."""
    function = use.parent
    method = function.child_by_field_name("attribute") if function is not None else None
    name = text(method) if method is not None else ""
    row = op(f"tensorflow.random.{name}")
    called = [
        (call, scope)
        for item in context.module.items
        for call, scope in item.calls
        if call.child_by_field_name("function") == function
    ]
    if name not in _METHODS or row is None or len(called) != 1:
        raise RefusedError(f"`{text(use)}` isn't only drawn from by `normal` and `uniform`")
    call, scope = called[0]
    drawn = drawing_from(SeedGenerator(text(use)), row, call)
    yield from rewrite(call, drawn, context.module, scope, names)[0]
