"""An argument that Keras 3 takes under another name, in another place, or not at all.

## What it does

Compares the arguments of calls of Keras functions, classes and methods with the parameters in Keras
2 and in Keras 3: parameters that are gone or have another name, positional arguments whose order
changed, values that are written otherwise.

## Why

On Keras 3 such a call raises, or, where the order of parameters changed, takes one argument for
another:

    ValueError: Argument(s) not recognized: {'lr': 0.1}
    TypeError: TensorFlowTrainer.fit() got an unexpected keyword argument 'workers'
    ValueError: Unrecognized keyword arguments passed to Dense: {'dynamic': False}
    ValueError: `name` must be passed as a keyword argument. Received: add_weight('w', ...).

## Example

    optimizer = keras.optimizers.Adam(lr=0.001)
    self.w = self.add_weight("w", (3, 4), None, "zeros")

becomes

    optimizer = keras.optimizers.Adam(learning_rate=0.001)
    self.w = self.add_weight(name="w", shape=(3, 4), dtype=None, initializer="zeros")

## Fix safety

Safe: an argument is renamed, given by keyword, or left out where that changes no value, as for a
default. An argument that means something and has no counterpart stays, and the message says what
to do.
Methods are looked at where it is known what their object is.

The parameters are those of Keras 2.15 (`tf_keras`) and of Keras 3.15.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tree_sitter import Node

from k3ls.knowledge.symbols import (
    Parameters,
    argument_change,
    canonical,
    changed_methods,
    symbol,
)
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.converters import CONVERTERS
from k3ls.rules.rewriting.rewrite import (
    UNPACKED,
    Given,
    RefusedError,
    given_arguments,
    list_edits,
    literal,
)
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, Scope, class_kind, defines, kind_of
from k3ls.syntax import argument_nodes, string_value, text, unparenthesized
from k3ls.text import Edit, merged

RULE = Rule("K105", "changed-argument", Severity.ERROR)

_AVERAGED = '"sum_over_batch_size"'


@RULE.reference("tensorflow", "keras")
def check_call(reference: Reference, context: Context) -> Iterator[Finding]:
    names = {canonical(name) for name in context.module.qualified(reference)}
    path = names.pop() if len(names) == 1 else None
    found = symbol(path) if path is not None else None
    if found is None or not found.keras2 or not found.keras3 or found.parameters is None:
        return
    new = found.parameters if found.new_parameters is None else found.new_parameters
    yield from _compared(reference, found.same, found.parameters, new, context)


@RULE.attribute("__init__")
def check_super(reference: Reference, context: Context) -> Iterator[Finding]:
    """`super().__init__(…)` in a class that derives from one of Keras."""
    if reference.names[-1] != "__init__" or reference.call is None:
        return
    owner = kind_of(context.module, reference.nodes[-2], reference.scope)
    if owner is None or owner.type != "object" or owner.some_bases:
        return
    if defines(context.module, owner, "__init__"):
        return
    known = [
        base
        for base in map(symbol, owner.bases)
        if base is not None and base.keras2 and base.keras3 and base.parameters is not None
    ]
    if known:
        nearest = max(known, key=lambda base: len(base.bases))
        old = nearest.parameters or ()
        new = old if nearest.new_parameters is None else nearest.new_parameters
        yield from _compared(reference, nearest.same, old, new, context)


@RULE.call
def check_own_loss(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    """`reduction="auto"` handed to a loss that the project defines."""
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or b"auto" not in (arguments.text or b""):
        return
    kind = kind_of(context.module, function, scope)
    if kind is None or kind.type != "class" or kind.name is not None:
        return
    if kind.is_a("keras.losses.Loss"):
        for argument in argument_nodes(arguments):
            name = argument.child_by_field_name("name")
            value = argument.child_by_field_name("value")
            if name is not None and value is not None and text(name) == "reduction":
                yield from _auto(value)


@RULE.module
def check_own_default(context: Context) -> Iterator[Finding]:
    """`def __init__(self, reduction="auto")` of a loss."""
    for item in context.module.items:
        for scope in item.functions:
            owner = scope.method_class()
            if owner is None or scope.name != "__init__":
                continue
            parameters = scope.node.child_by_field_name("parameters")
            for parameter in parameters.named_children if parameters is not None else ():
                name = parameter.child_by_field_name("name")
                value = parameter.child_by_field_name("value")
                if name is None or value is None or text(name) != "reduction":
                    continue
                if class_kind(context.module, owner).is_a("keras.losses.Loss"):
                    yield from _auto(value)


def _auto(value: Node) -> Iterator[Finding]:
    if string_value(value) == "auto":
        edit = Edit(value.start_byte, value.end_byte, _AVERAGED)
        yield RULE.finding(
            value.start_byte,
            value.end_byte,
            f"Keras 3 has no reduction `auto`: it was {_AVERAGED} outside of a strategy",
            Fix(f"Replace with `{_AVERAGED}`", (edit,), Applicability.SAFE),
        )


@RULE.attribute(*changed_methods())
def check_method(reference: Reference, context: Context) -> Iterator[Finding]:
    name = reference.names[-1]
    if reference.call is None or len(reference.nodes) < 2:
        return
    owner = kind_of(context.module, reference.nodes[-2], reference.scope)
    if owner is None or owner.type != "object":
        return
    if defines(context.module, owner, name):
        # The class has a method of its own under this name.
        return
    known = [base for base in map(symbol, owner.bases) if base is not None and name in base.methods]
    others = [base for base in map(symbol, owner.some_bases) if base is not None]
    if known and not any(name in base.methods for base in others):
        nearest = max(known, key=lambda base: len(base.bases))
        old, new = nearest.methods[name]
        yield from _compared(reference, f"{nearest.path}.{name}", old[1:], new[1:], context)


@dataclass
class _Comparison:
    """What comparing a call's arguments with the new parameters gave."""

    edits: list[Edit] = field(default_factory=list)
    kept: list[Given] = field(default_factory=list)
    removed: list[Given] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _compared(
    reference: Reference, path: str, old: Parameters, new: Parameters, context: Context
) -> Iterator[Finding]:
    call = reference.call
    arguments = call.child_by_field_name("arguments") if call is not None else None
    opaque = new[0][0] == "*args" and new[-1][0] == "**kwargs" if new else False
    if call is None or arguments is None or opaque:
        return
    try:
        given = given_arguments(call, path, old, unpacked=True)
    except RefusedError:
        return
    if path.endswith(".add_weight") and not _begins_with_name(given):
        return
    done = _Comparison()
    places = _places(new)
    positional = True
    for index, one in enumerate(given.values()):
        if one.parameter == UNPACKED:
            done.kept.append(one)
            continue
        target = _target(one, index, path, dict(old), new, done)
        if target is None:
            continue
        _convert(one, path, reference.scope, context, done)
        if one.keyword is not None:
            if target != one.parameter:
                done.edits.append(Edit(one.keyword.start_byte, one.keyword.end_byte, target))
        elif not (positional and not done.removed and places.get(target) == index):
            # All that follow get a keyword too: what is written must mean the same in both orders.
            if positional and not done.removed:
                done.said.append(f"`{target}` has another place")
            positional = False
            start = one.value.start_byte
            done.edits.append(Edit(start, start, f"{target}="))
    if not done.said:
        return
    try:
        if done.removed:
            done.edits += list_edits(arguments, done.kept, done.removed, [])
    except RefusedError:
        done.edits = []
    fix = None
    if done.edits:
        fix = Fix("Write the arguments for Keras 3", tuple(merged(done.edits)), Applicability.SAFE)
    node = reference.node
    message = " ".join([f"In Keras 3's `{path}` {'; '.join(done.said)}.", *done.notes])
    yield RULE.finding(node.start_byte, node.end_byte, message, fix)


def _convert(one: Given, path: str, scope: Scope, context: Context, done: _Comparison) -> None:
    """Write a value that is of another kind in Keras 3."""
    change = argument_change(path, one.parameter)
    if change is None or change.converter is None:
        return
    value = CONVERTERS[change.converter](one.value, context.module, scope)
    if value is not None and value != text(one.value):
        done.edits.append(Edit(one.value.start_byte, one.value.end_byte, value))
        done.said.append(f"`{one.parameter}` is `{value}`")
        done.notes.append(change.note)


def _begins_with_name(given: dict[str, Given]) -> bool:
    """Whether what stands first in `add_weight` is the name, as in Keras 2: Keras 3 code has the
    shape there."""
    name, shape = given.get("name"), given.get("shape")
    if name is None or name.keyword is not None:
        return True
    if unparenthesized(name.value).type in ("string", "concatenated_string", "binary_operator"):
        return True
    if shape is None or unparenthesized(name.value).type in ("tuple", "list"):
        return False
    return shape.keyword is not None or unparenthesized(shape.value).type in ("tuple", "list")


def _places(new: Parameters) -> dict[str, int]:
    """The positions at which Keras 3 takes parameters without a keyword."""
    places: dict[str, int] = {}
    for index, (name, _) in enumerate(new):
        if name.startswith("*"):
            break
        places[name] = index
    return places


def _target(
    one: Given,
    index: int,
    path: str,
    defaults: dict[str, str | None],
    new: Parameters,
    done: _Comparison,
) -> str | None:
    """The name that an argument has in Keras 3, None for one that is left out."""
    names = {name for name, _ in new}
    change = argument_change(path, one.parameter)
    if change is not None and change.rule is not None:
        done.kept.append(one)
        return one.parameter
    note = [change.note] if change is not None and change.note else []
    value = literal(one.value)
    if change is not None and change.renamed is not None:
        done.kept.append(one)
        if one.keyword is not None and change.renamed != one.parameter:
            done.said.append(f"`{one.parameter}` is `{change.renamed}`")
            done.notes += note
        return change.renamed
    # A parameter that isn't listed may still be taken among the keyword arguments.
    open_ended = any(name.startswith("**") for name in names) and one.keyword is not None
    gone = one.parameter not in names and (
        change is not None or (one.parameter in defaults and not open_ended)
    )
    first = gone and one.keyword is None and index == 0 and bool(new)
    if first and new[0][0] not in defaults:
        # What a call is about comes first, whatever its name.
        done.kept.append(one)
        return new[0][0]
    if gone:
        default = defaults.get(one.parameter)
        same = value is not ... and default is not None and repr(value) == default
        droppable = same
        if change is not None:
            droppable |= change.dropped is True or (
                isinstance(change.dropped, tuple) and repr(value) in change.dropped
            )
        done.said.append(f"there is no `{one.parameter}`")
        done.notes += note
        if droppable:
            done.removed.append(one)
            return None
    elif change is not None and value is not ... and repr(value) in change.values:
        new_value = change.values[repr(value)]
        done.edits.append(Edit(one.value.start_byte, one.value.end_byte, new_value))
        done.said.append(f"`{one.parameter}={text(one.value)}` is `{new_value}`")
        done.notes += note
    done.kept.append(one)
    return one.parameter
