"""A functional model with its only input or output in a list.

## What it does

Finds `Model([input], [output])` of Keras 2 and takes the input and the output out of the list.

## Why

Keras 2 took them out by itself. In Keras 3 the model gives a list when it is called on a symbolic
tensor, and `model.output` is a list, which a layer that follows doesn't take:

    ValueError: Cannot convert '((None, 2), 1)' to a shape. Found invalid dimension '(None, 2)' of type '<class 'tuple'>'.
    AttributeError: 'list' object has no attribute 'shape'
    UserWarning: The structure of `inputs` doesn't match the expected structure.

## Example

    base = tf.keras.Model([inputs], [features])
    outputs = tf.keras.layers.Dense(1)(base.output)

becomes

    base = tf.keras.Model(inputs, features)
    outputs = tf.keras.layers.Dense(1)(base.output)

## Fix safety

Safe: the same model as in Keras 2; `fit`, `evaluate` and `predict` take and give the same. Models of
`keras.Model` have no finding, as they may be written for Keras 3.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, given_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference
from k3ls.syntax import argument_nodes
from k3ls.text import Edit

RULE = Rule("K250", "single-in-list", Severity.WARNING)

_NESTED = frozenset(("list_splat", "list", "tuple", "dictionary"))
_PARAMETERS = (("inputs", None), ("outputs", None), ("name", "None"), ("**kwargs", "None"))


@RULE.reference("tensorflow")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    names = context.module.qualified(reference)
    if reference.call is None or not all(name.startswith("tensorflow.") for name in names):
        return
    paths = {canonical(name) for name in names}
    found = symbol(paths.pop() or "") if len(paths) == 1 else None
    if found is None or found.same != "keras.Model":
        return
    try:
        given = given_arguments(reference.call, "Model", _PARAMETERS)
    except RefusedError:
        return
    for name in ("inputs", "outputs"):
        value = given[name].value if name in given else None
        items = argument_nodes(value) if value is not None and value.type == "list" else []
        if value is None or len(items) != 1 or items[0].type in _NESTED:
            continue
        if any(one.type == "comment" for one in value.named_children):
            continue
        edits = (
            Edit(value.start_byte, items[0].start_byte, ""),
            Edit(items[0].end_byte, value.end_byte, ""),
        )
        only = name.removesuffix("s")
        message = f"a model with its only {only} in a list has a list as its `{only}` in Keras 3"
        fix = Fix(f"Take the {only} out of the list", edits, Applicability.SAFE)
        # Once the name is written as Keras 3 has it, nothing tells that Keras 2 was meant.
        yield replace(RULE.finding(value.start_byte, value.end_byte, message, fix), early=True)
