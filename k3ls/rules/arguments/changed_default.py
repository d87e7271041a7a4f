"""A default that Keras 3 changed, in code that is written for Keras 2.

## What it does

Finds calls that leave out an argument whose default is another one in Keras 3, or whose value
means something else there, and writes the argument that keeps what Keras 2 did.

## Why

Nothing raises, and the numbers differ: `Lion()` learns ten times as fast, `l1_l2()` regularises
nothing, `RMSprop(use_ema=True)` never takes over the averaged weights. Only where the default is
gone there is an error:

    TypeError: AveragePooling2D.__init__() missing 1 required positional argument: 'pool_size'

Code that may have been written for Keras 3 is left alone: the call must reach Keras through
TensorFlow, or its file use names that only Keras 2 has.

## Example

    from tensorflow import keras

    optimizer = keras.optimizers.Lion()

becomes

    import keras

    optimizer = keras.optimizers.Lion(learning_rate=0.0001)

## Fix safety

Safe: the argument is the old default, which Keras 3 understands in the same way. Unsafe where the
message says what to check.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from k3ls.knowledge.symbols import (
    ArgumentChange,
    Parameters,
    Symbol,
    argument_change,
    canonical,
    changed_defaults,
    longest_symbol,
    public,
    symbol,
)
from k3ls.rules.context import Context, Names, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import (
    Given,
    RefusedError,
    given_arguments,
    list_edits,
    literal,
    own_names,
)
from k3ls.rules.rule import Rule
from k3ls.semantics import Module, Reference
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K109", "changed-default", Severity.INFORMATION)


@RULE.reference("tensorflow", "keras")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    qualified = context.module.qualified(reference)
    names = {canonical(name) for name in qualified}
    path = names.pop() if len(names) == 1 else None
    found = symbol(path) if path is not None else None
    if found is None or reference.call is None or found.parameters is None:
        return
    changed = changed_defaults(found.same)
    if not changed:
        return
    try:
        given = given_arguments(reference.call, found.same, found.parameters)
    except RefusedError:
        return
    renamed = {change.renamed for name in given if (change := argument_change(found.same, name))}
    said: list[str] = []
    changes: list[ArgumentChange] = []
    replaced: list[tuple[Given, str]] = []
    added: list[str] = []
    required = False
    for parameter in changed:
        change = argument_change(found.same, parameter)
        assert change is not None
        one = given.get(parameter)
        if not all(
            name in given and repr(literal(given[name].value)) == value
            for name, value in change.when.items()
        ):
            continue
        if one is None and change.default is not None and parameter not in renamed:
            added.append(f"{parameter}={change.default}")
            said.append(_changed(parameter, found))
            required |= not _has_default(parameter, found)
        elif one is not None and (value := _value(one, reference, context)) in change.changed:
            if change.changed[value]:
                replaced.append((one, change.changed[value]))
            said.append(f"`{parameter}={text(one.value)}` means something else")
        else:
            continue
        changes.append(change)
    if not said or not (required or _is_keras2(qualified, context.module)):
        return
    node = reference.node
    message = f"In Keras 3's `{found.path}` {'; '.join(said)}."
    notes = [change.note for change in changes if change.note]
    checks = [f"Check: {change.check}." for change in changes if change.check]
    fix = None
    try:
        if added or replaced:
            fix = _explicit(reference, list(given.values()), replaced, added, bool(checks), context)
    except (NoNameError, RefusedError) as reason:
        notes.append(f"({reason})")
    finding = RULE.finding(
        node.start_byte,
        node.end_byte,
        " ".join(dict.fromkeys([message, *notes, *checks])),
        fix,
        severity=Severity.ERROR if required else None,
    )
    # Once the name is written as Keras 3 has it, nothing tells that Keras 2 was meant.
    yield replace(finding, early=True)


def _has_default(parameter: str, found: Symbol) -> bool:
    return dict(_new_parameters(found)).get(parameter) is not None


def _new_parameters(found: Symbol) -> Parameters:
    new = found.new_parameters
    return (found.parameters or ()) if new is None else new


def _changed(parameter: str, found: Symbol) -> str:
    old = dict(found.parameters or ()).get(parameter)
    new = dict(_new_parameters(found)).get(parameter)
    if new == old:
        return f"`{parameter}` does something else by default"
    if new is None:
        return f"`{parameter}` has no default; it was `{old}`"
    return f"the default of `{parameter}` is `{new}`; it was `{old}`"


def _value(one: Given, reference: Reference, context: Context) -> str:
    """The source of a literal, or the path of what a name stands for."""
    value = literal(one.value)
    if value is not ...:
        return repr(value)
    names = context.module.names_of(one.value, reference.scope)
    return (canonical(names[0]) or "") if len(names) == 1 else ""


def _explicit(
    reference: Reference,
    given: list[Given],
    replaced: list[tuple[Given, str]],
    added: list[str],
    unsafe: bool,
    context: Context,
) -> Fix:
    """The call with the arguments that keep the old behaviour."""
    assert reference.call is not None
    arguments = reference.call.child_by_field_name("arguments")
    assert arguments is not None
    names = Names(context, reference)
    edits = [
        Edit(one.value.start_byte, one.value.end_byte, own_names(source, names))
        for one, source in replaced
    ]
    if added:
        edits += list_edits(arguments, given, [], [own_names(source, names) for source in added])
    return Fix(
        "Write what Keras 2 did by default" if added else "Write what it meant in Keras 2",
        (*edits, *names.imports),
        Applicability.UNSAFE if unsafe else Applicability.SAFE,
    )


def _is_keras2(qualified: tuple[str, ...], module: Module) -> bool:
    """Whether a name that can stand for `qualified` is Keras 2's in all likelihood."""
    if all(name.startswith("tensorflow.") for name in qualified):
        return True
    return module.fact("uses what only Keras 2 has", _uses_keras2)


def _uses_keras2(module: Module) -> bool:
    for statement in module.imports:
        for name in statement.names:
            target = name.path if not statement.module else f"{statement.module}.{name.path}"
            if _only_keras2(target):
                return True
    return any(
        _only_keras2(name)
        for reference in module.references
        for name in module.qualified(reference)
    )


def _only_keras2(name: str) -> bool:
    """Whether it is a name of Keras that Keras 3 lacks, or one in a module of Keras 2's inside."""
    if name.startswith("tf_keras") or ".src" in name:
        return False
    path = canonical(name)
    found = longest_symbol(path) if path is not None else None
    if path is None or found is None:
        return False
    if found.path == path or found.kind != "module":
        return found.keras2 and not found.keras3
    inside = public(path)
    return inside is not None and inside.keras2
