"""A name in a string that Keras 3 doesn't know.

## What it does

Finds strings that name a loss, a metric, an initializer, a constraint or an optimizer as Keras 2
did, given by keyword or by position, alone, in a list or in a dict; and targets of `mock.patch`
inside `tensorflow.keras`.

## Why

Keras 3 knows fewer spellings:

    ValueError: Could not interpret metric identifier: cosine_proximity
    ValueError: Could not interpret activation function identifier: LeakyReLU
    ValueError: Could not interpret constraint identifier: maxnorm
    ValueError: Could not interpret optimizer identifier: experimentaladam

A patch of `tensorflow.keras.…` doesn't reach code that uses `keras`.

## Example

    model.compile("sgd", loss="logcosh")
    layer = keras.layers.Dense(3, kernel_constraint="maxnorm")
    other = keras.layers.Dense(3, "LeakyReLU")

becomes

    model.compile("sgd", loss="log_cosh")
    layer = keras.layers.Dense(3, kernel_constraint="max_norm")
    other = keras.layers.Dense(3, keras.layers.LeakyReLU())

## Fix safety

Safe for names that Keras looks up: both generations compute the same under the two names. Entries
of losses and metrics in `history` have the new name. Names in `custom_objects` are those of the
saved file, and stay. Unsafe for patches: the code under test must import from `keras`.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.strings import is_layer, renamed_string
from k3ls.knowledge.symbols import canonical, longest_symbol
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.rules.strings.identifiers import Identifier, identifiers
from k3ls.semantics import Scope
from k3ls.syntax import argument_nodes, string_value, text
from k3ls.text import Edit

RULE = Rule("K108", "name-in-string", Severity.ERROR)

_PATCHES = ("patch", "patch.object", "setattr")


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or arguments.type != "argument_list":
        return
    if text(function).rpartition(".")[2] in _PATCHES:
        yield from _patch(arguments)
    for identifier in identifiers(call, scope, context.module):
        if (identifier.area, identifier.value) == ("regularizer", "l1_l2"):
            call_of = ("keras.regularizers.L1L2", "l1=0.01, l2=0.01")
            yield _made(identifier, *call_of, scope, context)
        elif is_layer(identifier.area, identifier.value):
            yield _made(identifier, f"keras.layers.{identifier.value}", "", scope, context)
        else:
            yield from _renamed(identifier)


def _made(
    identifier: Identifier, path: str, arguments: str, scope: Scope, context: Context
) -> Finding:
    """A string that no string takes the place of: the object is made."""
    node = identifier.node
    message = f"Keras 3 doesn't know the {identifier.area} `{identifier.value}`"
    fix = None
    try:
        name = context.name_at(path, node, scope)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        edit = Edit(node.start_byte, node.end_byte, f"{name.source}({arguments})")
        title = f"Replace with `{name.source}({arguments and '…'})`"
        fix = Fix(title, (edit, *name.edits), Applicability.SAFE)
    return RULE.finding(node.start_byte, node.end_byte, message, fix)


def _renamed(identifier: Identifier) -> Iterator[Finding]:
    old, node = identifier.value, identifier.node
    new = renamed_string(identifier.area, old)
    if new is None:
        return
    edit = Edit(node.start_byte, node.end_byte, text(node).replace(old, new))
    yield RULE.finding(
        node.start_byte,
        node.end_byte,
        f"Keras 3 doesn't know the {identifier.area} `{old}`: it is `{new}`",
        Fix(f"Replace with `{new}`", (edit,), Applicability.SAFE),
    )


def _patch(arguments: Node) -> Iterator[Finding]:
    """`mock.patch("tensorflow.keras.…")`."""
    given = argument_nodes(arguments)
    target = string_value(given[0]) if given else None
    if target is None or not target.startswith("tensorflow.keras."):
        return
    path = canonical(target) or ""
    found = longest_symbol(path)
    if found is None or not found.keras3 or found.kind == "module":
        return
    node = given[0]
    edit = Edit(node.start_byte, node.end_byte, text(node).replace(target, path))
    yield RULE.finding(
        node.start_byte,
        node.end_byte,
        f"a patch of `{target}` doesn't reach code that uses `{path}`",
        Fix(f"Patch `{path}`", (edit,), Applicability.UNSAFE),
        severity=Severity.WARNING,
    )
