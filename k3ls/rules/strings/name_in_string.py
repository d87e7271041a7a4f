"""A name in a string that Keras 3 doesn't know.

## What it does

Finds strings that name a loss, a metric or a constraint as Keras 2 did, and targets of
`mock.patch` inside `tensorflow.keras`.

## Why

Keras 3 knows fewer spellings:

    ValueError: Could not interpret metric identifier: cosine_proximity
    ValueError: Could not interpret constraint identifier: maxnorm

A patch of `tensorflow.keras.…` doesn't reach code that uses `keras`.

## Example

    model.compile("sgd", loss="logcosh")
    layer = keras.layers.Dense(3, kernel_constraint="maxnorm")

becomes

    model.compile("sgd", loss="log_cosh")
    layer = keras.layers.Dense(3, kernel_constraint="max_norm")

## Fix safety

Safe for losses, metrics and constraints, which are the same under another name; their entries in
`history` have the new name. Unsafe for patches: the code under test must import from `keras`.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical, longest_symbol, renamed_string
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, kind_of
from k3ls.syntax import argument_nodes, string_value, text
from k3ls.text import Edit

RULE = Rule("K108", "name-in-string", Severity.ERROR)

_PATCHES = ("patch", "patch.object", "setattr")


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for item in context.module.items:
        for call, scope in item.calls:
            function = call.child_by_field_name("function")
            arguments = call.child_by_field_name("arguments")
            if function is None or arguments is None or arguments.type != "argument_list":
                continue
            if text(function).rpartition(".")[2] in _PATCHES:
                yield from _patch(arguments)
            for argument in argument_nodes(arguments):
                name = argument.child_by_field_name("name")
                value = argument.child_by_field_name("value")
                if argument.type != "keyword_argument" or name is None or value is None:
                    continue
                area = _area(text(name), function, scope, context)
                if area is not None:
                    yield from _renamed(area, value)


def _area(keyword: str, function: Node, scope: Scope, context: Context) -> str | None:
    """What the strings in an argument name."""
    if keyword.endswith("_constraint"):
        paths = [canonical(name) for name in context.module.names_of(function, scope)]
        return "constraint" if any(paths) else None
    area = {"loss": "loss", "metrics": "metrics", "weighted_metrics": "metrics"}.get(keyword)
    if area is None or function.type != "attribute" or not text(function).endswith(".compile"):
        return None
    owner = function.child_by_field_name("object")
    kind = kind_of(context.module, owner, scope) if owner is not None else None
    return area if kind is None or kind.is_a("keras.Model") else None


def _renamed(area: str, value: Node) -> Iterator[Finding]:
    nodes = [value]
    if value.type in ("list", "tuple"):
        nodes = argument_nodes(value)
    for node in nodes:
        old = string_value(node)
        new = renamed_string(area, old) if old is not None else None
        if old is None or new is None or node.type != "string":
            continue
        written = text(node)
        edit = Edit(node.start_byte, node.end_byte, written.replace(old, new))
        yield RULE.finding(
            node.start_byte,
            node.end_byte,
            f"Keras 3 doesn't know the {area.rstrip('s')} `{old}`: it is `{new}`",
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
