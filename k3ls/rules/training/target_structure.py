"""Targets and sample weights in a dict where Keras 3 takes none.

## What it does

Finds `fit`, `evaluate`, `train_on_batch` and `test_on_batch` of models whose outputs are known,
with targets or sample weights in a dict, or in another container than Keras 3 wants; and writes
them as it does.

## Why

Keras 2 put them in the order of the outputs. Keras 3 doesn't look at the names where the model has
one output, and where it has several not at those of sample weights:

    TypeError: Expected float32, but got a of type 'str'.
    KeyError: 0
    ValueError: You should provide one `sample_weight` array per output in `y`. The two structures did not match:

## Example

    model = keras.Model(inputs, outputs)
    model.fit(x, {"price": prices})

becomes

    model = keras.Model(inputs, outputs)
    model.fit(x, prices)

With several outputs, `fit(x, {"a": a, "b": b}, sample_weight={"a": weights})` becomes
`fit(x, [a, b], sample_weight=[weights, None])`.

## Fix safety

Safe: the same arrays in the order of the outputs. There is a fix only where they are written out in
the call, and for several outputs where the names of the outputs are known.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import symbol
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import Given, RefusedError, given_arguments
from k3ls.rules.rule import Rule
from k3ls.rules.training.outputs import Outputs, outputs_of
from k3ls.semantics import Reference
from k3ls.syntax import argument_nodes, nodes_of, string_value, unparenthesized
from k3ls.text import Edit

RULE = Rule("K238", "target-structure", Severity.ERROR)

_LISTS = ("list", "tuple")


@RULE.attribute("fit", "evaluate", "train_on_batch", "test_on_batch")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    model = symbol("keras.Model")
    owner = reference.node.child_by_field_name("object")
    if reference.call is None or owner is None or model is None:
        return
    arguments = reference.call.child_by_field_name("arguments")
    if arguments is None or not any(
        next(nodes_of(arguments, kind), None) is not None for kind in ("dictionary", *_LISTS)
    ):
        return
    if context.owner(reference, "keras.Model") is None:
        return
    name = reference.names[-1]
    try:
        given = given_arguments(reference.call, name, model.methods[name][0][1:], unpacked=True)
    except RefusedError:
        return
    outputs = outputs_of(owner, reference.scope, context.module)
    if outputs is None or outputs.of_call or outputs.form == "dict":
        return
    if outputs.count == 1:
        yield from _single(given, context)
    elif "sample_weight" in given and "y" in given:
        yield from _several(given["y"], given["sample_weight"], outputs, context)


def _single(given: dict[str, Given], context: Context) -> Iterator[Finding]:
    """Dicts where there is one output."""
    nodes = [given[name].value for name in ("y", "sample_weight") if name in given]
    if "validation_data" in given:
        data = unparenthesized(given["validation_data"].value)
        nodes += argument_nodes(data)[1:] if data.type in _LISTS else []
    for node in nodes:
        node = unparenthesized(node)
        pairs = argument_nodes(node) if node.type == "dictionary" else []
        value = pairs[0].child_by_field_name("value") if len(pairs) == 1 else None
        if value is None:
            continue
        said = "for one output Keras 3 takes targets and sample weights in no dict"
        fix = None
        if all(one.type == "pair" for one in node.named_children):
            edit = Edit(node.start_byte, node.end_byte, context.written(value))
            fix = Fix("Give the value alone", (edit,), Applicability.SAFE)
        yield RULE.finding(node.start_byte, node.end_byte, said, fix)


def _several(
    targets: Given, weights: Given, outputs: Outputs, context: Context
) -> Iterator[Finding]:
    """Sample weights of several outputs."""
    one, other = unparenthesized(targets.value), unparenthesized(weights.value)
    nodes = [other]
    if other.type == "dictionary":
        said = "Keras 3 takes no sample weights in a dict: give targets and weights in lists"
        if one.type == "dictionary":
            nodes = [one, other]
    elif other.type in _LISTS and one.type in (*_LISTS, "dictionary") and one.type != other.type:
        said = "Keras 3 takes sample weights in a container of the same type as the targets"
        nodes = [one] if one.type == "dictionary" else [other]
    else:
        return
    edits = [_edit(node, one if node is other else None, outputs, context) for node in nodes]
    known = [edit for edit in edits if edit is not None]
    fix = None
    if len(known) == len(edits) and one.type in (*_LISTS, "dictionary"):
        fix = Fix("Give targets and weights alike", tuple(known), Applicability.SAFE)
    start, end = weights.node.start_byte, weights.node.end_byte
    yield RULE.finding(start, end, said, fix)


def _edit(node: Node, like: Node | None, outputs: Outputs, context: Context) -> Edit | None:
    """The edit that puts what a dict or list has into a list, or a tuple if another one is."""
    parts = argument_nodes(node)
    if any(
        one.type in ("comment", "dictionary_splat", "list_splat") for one in node.named_children
    ):
        return None
    if node.type == "dictionary":
        values: dict[str, str] = {}
        for pair in parts:
            key, value = (pair.child_by_field_name(one) for one in ("key", "value"))
            name = string_value(key) if key is not None else None
            if name is None or value is None:
                return None
            values[name] = context.written(value)
        if None in outputs.names or not set(values) <= set(outputs.names):
            return None
        written = [values.get(name or "", "None") for name in outputs.names]
    else:
        written = [context.written(one) for one in parts]
    inner = ", ".join(written)
    source = f"({inner})" if like is not None and like.type == "tuple" else f"[{inner}]"
    return Edit(node.start_byte, node.end_byte, source)
