"""Random numbers of Keras 3 that JAX can't compile.

## What it does

Finds functions of `keras.random` that are called without a `seed` in code that Keras compiles: in
`call` and the training steps, in what they call, in the functions of `Lambda` layers, in losses,
metrics and optimizers. In layers and models it gives them a `keras.random.SeedGenerator`.

## Why

Without a seed they draw from a generator of the whole program, which a function compiled by JAX
can't change:

    ValueError: [JAX RNG] When tracing a JAX function, you should only use seeded random ops, e.g. you should create a `SeedGenerator` instance, attach it to your layer/model, and pass the instance as the `seed` argument when calling random ops.

In a functional model what is seen of it is that the shape of the output isn't known:

    NotImplementedError: We could not automatically infer the shape of the Lambda's output.

## Example

    class Noise(keras.layers.Layer):
        def call(self, inputs):
            return inputs + keras.random.normal(keras.ops.shape(inputs))

becomes

    class Noise(keras.layers.Layer):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.seed_generator = keras.random.SeedGenerator()

        def call(self, inputs):
            return inputs + keras.random.normal(keras.ops.shape(inputs), seed=self.seed_generator)

## Fix safety

Unsafe: other numbers are drawn. JAX can't use a generator inside of `keras.ops.cond`, `map` and
`while_loop` either: draw outside of them. There is no fix in losses, metrics and optimizers, whose
generators JAX doesn't keep: it draws the same numbers in each step.

Since Keras 3.0.
"""  # noqa: E501 - the error as it is

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, list_edits, written_arguments
from k3ls.rules.rewriting.seed_generator import seed_generator
from k3ls.rules.rule import Rule
from k3ls.semantics import (
    Reference,
    Scope,
    compiled_functions,
    enclosing_class,
    method_name,
    stays_tensorflow,
)
from k3ls.syntax import text

RULE = Rule("K506", "unseeded-random", Severity.INFORMATION, backends_only=True)

# The place of `seed` among the parameters.
_SEED = {
    "keras.random.beta": 4,
    "keras.random.binomial": 4,
    "keras.random.categorical": 3,
    "keras.random.dropout": 3,
    "keras.random.gamma": 3,
    "keras.random.normal": 4,
    "keras.random.randint": 4,
    "keras.random.shuffle": 2,
    "keras.random.truncated_normal": 4,
    "keras.random.uniform": 4,
}
# What JAX compiles without keeping a generator's state.
_STATELESS = {
    "call": "keras.losses.Loss",
    "update_state": "keras.metrics.Metric",
    "update_step": "keras.optimizers.Optimizer",
}


@RULE.reference(*_SEED, *(f"tensorflow.{path}" for path in _SEED))
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    paths = {canonical(name) for name in context.module.qualified(reference)}
    path = paths.pop() if len(paths) == 1 else None
    arguments = reference.call.child_by_field_name("arguments") if reference.call else None
    if path not in _SEED or arguments is None or _is_seeded(arguments, _SEED[path]):
        return
    if stays_tensorflow(context.module, reference.scope):
        return
    fix, reason = None, ""
    try:
        generator = seed_generator(reference.scope, context)
        if generator is not None:
            seed = f"seed={generator.source}"
            given = written_arguments(arguments)
            kept = [one for one in given if one.parameter != "seed"]
            removed = [one for one in given if one.parameter == "seed"]
            edits = (*list_edits(arguments, kept, removed, [seed]), *generator.edits)
            fix = Fix("Draw from a `SeedGenerator`", edits, Applicability.UNSAFE)
    except (NoNameError, RefusedError) as refused:
        reason = f" ({refused})"
    compiled = not set(compiled_functions(context.module)).isdisjoint(reference.scope.enclosing())
    message = "JAX compiles this, and can't draw random numbers without a `seed` there: "
    if _is_stateless(reference.scope, context):
        message += "draw them in a layer; a `SeedGenerator` here gives the same in each step"
    elif compiled or (fix is not None and _is_free(reference.scope)):
        message += "give it a `keras.random.SeedGenerator` that the layer has" + reason
    else:
        return
    node = reference.node
    yield RULE.finding(node.start_byte, node.end_byte, message, fix, rewritten=[reference.scope])


def _is_seeded(arguments: Node, place: int) -> bool:
    given = written_arguments(arguments)
    seeds = [one for one in given if one.parameter == "seed"]
    if any(one.node.type in ("list_splat", "dictionary_splat") for one in given):
        return True
    positional = sum(not one.parameter for one in given)
    return positional > place or any(text(one.value) != "None" for one in seeds)


def _is_stateless(scope: Scope, context: Context) -> bool:
    owner = enclosing_class(context.module, scope)
    base = _STATELESS.get(method_name(scope) or "")
    return owner is not None and base is not None and owner.is_a(base)


def _is_free(scope: Scope) -> bool:
    """Whether the code is in no method: a layer runs the function."""
    return all(one.method_class() is None for one in scope.enclosing())
