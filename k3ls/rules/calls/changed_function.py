"""A function that computes something else in Keras 3.

## What it does

Finds functions that Keras 3 has under the same name with another result, and writes what Keras 2
computed: `hard_sigmoid`, also as a layer's activation, `binary_accuracy`, and `to_categorical` of
what isn't a tensor.

## Why

Nothing raises: the numbers are others. `keras.activations.hard_sigmoid(1.0)` was 0.7 and is 0.667;
a model that was trained with the one gives other predictions with the other.
`keras.metrics.binary_accuracy` gave one number for each sample, and now gives one for each label.
`keras.utils.to_categorical` gives float64, which TensorFlow doesn't multiply with float32:

    InvalidArgumentError: cannot compute Mul as input #1(zero-based) was expected to be a double tensor but is a float tensor

## Example

    y = keras.activations.hard_sigmoid(x)

becomes

    y = keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0)

## Fix safety

Safe for calls through `tensorflow.keras`: the same numbers as Keras 2. Unsafe for those through
`keras`, as the code may have been written for Keras 3, and for an activation given as a string,
which becomes a lambda: a model with a lambda isn't loaded again without further ado. Unsafe for
`to_categorical` of what may be a tensor. There is no finding where `binary_accuracy` is given to
`compile`, which averages what it gives.

Since Keras 3.0.
"""  # noqa: E501 - the error as it is

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, given_arguments
from k3ls.rules.rewriting.symbol import rewritten
from k3ls.rules.rule import Rule
from k3ls.semantics import Kind, Reference, Scope, kind_of
from k3ls.syntax import argument_nodes, string_value, text
from k3ls.text import Edit

RULE = Rule("K203", "changed-function", Severity.WARNING)

_CATEGORICAL = "keras.utils.to_categorical"
_LAMBDA = "lambda x: {}.clip(0.2 * x + 0.5, 0.0, 1.0)"


@RULE.reference("tensorflow", "keras")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    paths = {canonical(name) for name in context.module.qualified(reference)}
    path = paths.pop() if len(paths) == 1 else None
    found = symbol(path) if path is not None else None
    if found is None or not found.keras3 or found.template is None or reference.call is None:
        return
    message = f"`{found.path}` gives something else in Keras 3: {found.note}"
    fix = None
    # Through `keras` it may be Keras 3 that the code was written for.
    old = all(name.startswith("tensorflow.") for name in context.module.qualified(reference))
    safe = Applicability.SAFE if old else Applicability.UNSAFE
    if found.same == _CATEGORICAL:
        kind = _first(reference.call, reference.scope, context)
        parent = reference.call.parent
        attribute = parent.child_by_field_name("attribute") if parent is not None else None
        cast = attribute is not None and text(attribute) == "astype"
        # Of a tensor it makes a tensor, as float32.
        if not old or cast or (kind is not None and kind.is_tensor):
            return
        array = kind is not None and kind.type in ("array", "items")
        safe = Applicability.SAFE if array else Applicability.UNSAFE
    try:
        fix = replace(rewritten(reference, found, context), applicability=safe)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    finding = RULE.finding(reference.node.start_byte, reference.node.end_byte, message, fix)
    # Once the name is written as Keras 3 has it, nothing tells that Keras 2 was meant.
    yield replace(finding, early=True)


def _first(call: Node, scope: Scope, context: Context) -> Kind | None:
    arguments = call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    return kind_of(context.module, given[0], scope) if given else None


@RULE.call
def check_argument(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    """`Dense(3, activation="hard_sigmoid")`, or with the function itself."""
    if b"hard_sigmoid" not in (call.text or b""):
        return
    function = call.child_by_field_name("function")
    names = context.module.names_of(function, scope) if function is not None else ()
    paths = [canonical(name) for name in names]
    found = symbol(paths[0] or "") if len(paths) == 1 else None
    if found is None or found.parameters is None or not found.path.startswith("keras.layers."):
        return
    try:
        given = given_arguments(call, found.path, found.parameters)
    except RefusedError:
        return
    old = symbol("keras.activations.hard_sigmoid")
    assert old is not None
    for name, one in given.items():
        if not name.endswith("activation"):
            continue
        function_names = {canonical(path) for path in context.module.names_of(one.value, scope)}
        if string_value(one.value) == "hard_sigmoid" or function_names == {old.path}:
            message = f"the activation `hard_sigmoid` gives something else in Keras 3: {old.note}"
            start, end = one.value.start_byte, one.value.end_byte
            fix = None
            try:
                ops = context.name_at("keras.ops", one.value, scope)
            except NoNameError as reason:
                message += f" ({reason})"
            else:
                edit = Edit(start, end, _LAMBDA.format(ops.source))
                fix = Fix("Compute what Keras 2 did", (edit, *ops.edits), Applicability.UNSAFE)
            yield RULE.finding(start, end, message, fix)
