"""Numbers that `evaluate` gives in another order.

## What it does

Finds metrics that are taken by their place from what `evaluate`, `train_on_batch` or
`test_on_batch` of a model with several outputs gives, and takes them by name.

## Why

Nothing raises. After the losses Keras 2 gave the metrics output by output, as they were listed.
Keras 3 gives them in the order of their sorted names: those of `aux` before those of `main`, `mae`
before `mse`.

## Example

    model = keras.Model(inputs, [main, aux])
    model.compile("sgd", "mse", metrics=[["mae"], ["mae"]])
    error = model.evaluate(x, y)[3]

becomes

    model = keras.Model(inputs, [main, aux])
    model.compile("sgd", "mse", metrics=[["mae"], ["mae"]])
    error = model.evaluate(x, y, return_dict=True)["main_mae"]

## Fix safety

Safe for what was written for Keras 2, through `tensorflow.keras`: the names are the same in both.
Unsafe else, as code for Keras 3 may know its order. There is a finding only where the outputs' and
the metrics' names are written out, and their order is another.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, given_arguments, literal
from k3ls.rules.rule import Rule
from k3ls.rules.training.metric_key import CLASSES
from k3ls.rules.training.outputs import outputs_of
from k3ls.semantics import Reference, Scope, kind_of
from k3ls.syntax import argument_nodes, string_value, text, unparenthesized
from k3ls.text import Edit

RULE = Rule("K235", "evaluate-order", Severity.WARNING)

_LISTS = ("list", "tuple")


@RULE.attribute("evaluate", "train_on_batch", "test_on_batch")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    call = reference.call
    arguments = call.child_by_field_name("arguments") if call is not None else None
    given = argument_nodes(arguments) if arguments is not None else []
    if call is None or not given or any("return_dict" in text(one) for one in given):
        return
    losses, metrics = _keys(reference, context) or ([], [])
    if not metrics:
        return
    keys, now = losses + metrics, losses + sorted(metrics)
    unpacked = _unpacked(call)
    edits = [Edit(given[-1].end_byte, given[-1].end_byte, ", return_dict=True")]
    if unpacked:
        places, known = list(range(unpacked)), unpacked == len(keys)
        names = ", ".join(f'"{key}"' for key in keys)
        edits.append(Edit(call.start_byte, call.start_byte, "map("))
        edits.append(Edit(call.end_byte, call.end_byte, f".get, ({names}))"))
    else:
        taken, known = _taken(call, reference.scope, context)
        places = [place for place, _ in taken if -len(keys) <= place < len(keys)]
        known &= len(places) == len(taken)
        edits += [
            Edit(node.start_byte, node.end_byte, f'"{keys[place]}"')
            for place, node in taken
            if place in places
        ]
    if not any(place < len(keys) and keys[place] != now[place] for place in places):
        return
    safe = Applicability.SAFE if _is_old(context) else Applicability.UNSAFE
    fix = Fix("Take the numbers by name", tuple(edits), safe) if known else None
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    order = ", ".join(f"`{key}`" for key in now)
    message = f"Keras 3 gives the metrics of several outputs in the order of their names: {order}"
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _is_old(context: Context) -> bool:
    """Whether the module takes Keras from TensorFlow."""
    return any(
        (name.binding.target or "").startswith("tensorflow")
        for statement in context.module.imports
        for name in statement.names
    )


def _unpacked(call: Node) -> int:
    """To how many names the result of a call is assigned, 0 if it isn't unpacked so."""
    parent = call.parent
    left = parent.child_by_field_name("left") if parent is not None else None
    if parent is None or parent.type != "assignment" or left is None:
        return 0
    parts = argument_nodes(left)
    if left.type not in ("pattern_list", "tuple_pattern", "list_pattern"):
        return 0
    return 0 if any(one.type == "list_splat_pattern" for one in parts) else len(parts)


def _taken(call: Node, scope: Scope, context: Context) -> tuple[list[tuple[int, Node]], bool]:
    """The places that numbers are taken from, with the indices' nodes; and whether nothing else is
    done with the result."""
    parent = call.parent
    if parent is None:
        return [], False
    index = _index(call)
    if index is not None:
        return [index], True
    name = parent.child_by_field_name("left")
    if parent.type != "assignment" or name is None or name.type != "identifier":
        return [], False
    taken = []
    known = True
    for one in context.module.references:
        if one.names[0] != text(name):
            continue
        bindings = one.scope.reaching(one.names[0], one.offset)
        mine = [binding for binding in bindings if binding.value == call]
        if not mine:
            continue
        index = _index(one.node) if len(one.names) == 1 else None
        known &= index is not None and len(bindings) == 1
        if index is not None:
            taken.append(index)
    return taken, known


def _index(node: Node) -> tuple[int, Node] | None:
    """The number that a value is indexed with."""
    parent = node.parent
    if parent is None or parent.type != "subscript" or parent.child_by_field_name("value") != node:
        return None
    index = parent.child_by_field_name("subscript")
    value = literal(index) if index is not None else None
    return (value, index) if isinstance(value, int) and index is not None else None


def _keys(reference: Reference, context: Context) -> tuple[list[str], list[str]] | None:
    """The names of losses and of metrics in the order that Keras 2 has, None if unknown."""
    owner = reference.node.child_by_field_name("object")
    if owner is None or context.owner(reference, "keras.Model") is None:
        return None
    outputs = outputs_of(owner, reference.scope, context.module)
    names = [name for name in outputs.names if name is not None] if outputs is not None else []
    if outputs is None or outputs.form != "list" or outputs.of_call:
        return None
    if outputs.count < 2 or len(names) < outputs.count:
        return None
    compiled = [
        one
        for one in context.module.references
        if one.names == [*reference.names[:-1], "compile"]
        and one.call is not None
        and one.scope.holder(one.names[0]) == reference.scope.holder(one.names[0])
    ]
    if len(compiled) != 1:
        return None
    metrics = _metrics(compiled[0], names, context)
    if metrics is None:
        return None
    keys = [f"{name}_{metric}" for name, own in zip(names, metrics, strict=True) for metric in own]
    if len(set(keys)) < len(keys):
        return None
    return ["loss", *(f"{name}_loss" for name in names)], keys


def _metrics(
    reference: Reference, names: Sequence[str], context: Context
) -> list[list[str]] | None:
    """The names of each output's metrics, None if unknown."""
    model = symbol("keras.Model")
    assert model is not None
    assert reference.call is not None
    try:
        given = given_arguments(reference.call, "compile", model.methods["compile"][0][1:])
    except RefusedError:
        return None
    if "loss" not in given or "metrics" not in given or "weighted_metrics" in given:
        return None
    loss = unparenthesized(given["loss"].value)
    if "None" in text(loss) or loss.type not in (*_LISTS, "string", "dictionary"):
        return None
    value = unparenthesized(given["metrics"].value)
    scope = reference.scope
    if value.type == "dictionary":
        found: dict[str, list[str] | None] = {name: [] for name in names}
        for pair in argument_nodes(value):
            key, own = (pair.child_by_field_name(one) for one in ("key", "value"))
            name = string_value(key) if key is not None else None
            if name not in found or own is None:
                return None
            found[name] = _own(own, scope, context)
        each = [found[name] for name in names]
    elif value.type in _LISTS:
        parts = [unparenthesized(one) for one in argument_nodes(value)]
        nested = any(one.type in _LISTS for one in parts)
        if nested and len(parts) != len(names):
            return None
        each = [_own(one, scope, context) for one in (parts if nested else [value] * len(names))]
    else:
        return None
    known = [one for one in each if one is not None]
    return known if len(known) == len(each) else None


def _own(node: Node, scope: Scope, context: Context) -> list[str] | None:
    """The names that the metrics of one output have in the logs."""
    node = unparenthesized(node)
    parts = argument_nodes(node) if node.type in _LISTS else [node]
    named = [_name(unparenthesized(one), scope, context) for one in parts]
    known = [one for one in named if one is not None]
    return known if len(known) == len(named) else None


def _name(node: Node, scope: Scope, context: Context) -> str | None:
    value = string_value(node)
    if value is not None:
        return CLASSES.get(value, value)
    if node.type == "call":
        arguments = node.child_by_field_name("arguments")
        for argument in argument_nodes(arguments) if arguments is not None else ():
            name = argument.child_by_field_name("name")
            given = argument.child_by_field_name("value")
            if name is not None and given is not None and text(name) == "name":
                return string_value(given)
        return None
    kind = kind_of(context.module, node, scope)
    if kind is not None and kind.type == "function" and kind.scope is not None:
        return kind.scope.name
    paths = {canonical(name) for name in context.module.names_of(node, scope)}
    found = symbol(paths.pop() or "") if len(paths) == 1 else None
    known = found is not None and found.kind == "function" and found.keras3
    return found.same.rpartition(".")[2] if found is not None and known else None
