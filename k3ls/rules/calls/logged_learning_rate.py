"""The learning rate in the history of a training.

## What it does

Finds `history.history["lr"]` of a model's `fit` in modules that use `ReduceLROnPlateau` or
`LearningRateScheduler`, and writes the key that Keras 3 has.

## Why

These callbacks log the learning rate by another name:

    KeyError: 'lr'

## Example

    history = model.fit(x, y, callbacks=[keras.callbacks.ReduceLROnPlateau()])
    rates = history.history["lr"]

becomes

    history = model.fit(x, y, callbacks=[keras.callbacks.ReduceLROnPlateau()])
    rates = history.history["learning_rate"]

## Fix safety

Unsafe: right unless a callback from elsewhere logs `lr`. Files of `CSVLogger` have a column of the
new name too. Nothing is said where the module itself writes `lr` into a dictionary.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Module, Reference, Scope, kind_of
from k3ls.syntax import argument_nodes, string_value, text, unparenthesized
from k3ls.text import Edit

RULE = Rule("K226", "logged-learning-rate", Severity.ERROR)

_LOGGING = frozenset(
    f"keras.callbacks.{name}" for name in ("ReduceLROnPlateau", "LearningRateScheduler")
)
_FITTING = frozenset(("fit", "fit_generator"))


@RULE.attribute("history")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    last = len(reference.names) - (2 if reference.names[-1] == "get" else 1)
    key = _key(reference.nodes[last]) if reference.names[last] == "history" else None
    if key is None or not _is_history(reference.nodes[last - 1], reference.scope, context):
        return
    if not context.module.fact("learning rate is logged", _is_logged):
        return
    quote = text(key)[0]
    edit = Edit(key.start_byte, key.end_byte, f"{quote}learning_rate{quote}")
    fix = Fix('Write `"learning_rate"`', (edit,), Applicability.UNSAFE)
    message = "callbacks of Keras 3 log the learning rate as `learning_rate`"
    yield RULE.finding(key.start_byte, key.end_byte, message, fix)


def _key(history: Node) -> Node | None:
    """The `"lr"` that is taken from the history."""
    around = history.parent
    if around is not None and around.type == "subscript":
        key = around.child_by_field_name("subscript")
        owner = around.child_by_field_name("value")
    elif around is not None and around.type == "attribute" and text(around).endswith(".get"):
        call = around.parent
        arguments = call.child_by_field_name("arguments") if call is not None else None
        given = argument_nodes(arguments) if arguments is not None else []
        key, owner = given[0] if given else None, history
    elif around is not None and around.type == "comparison_operator":
        # `"lr" in history.history`
        parts = argument_nodes(around)
        key, owner = parts[0], parts[-1]
        if len(parts) != 2 or " in " not in text(around):
            return None
    else:
        return None
    plain = key is not None and key.type == "string" and string_value(key) == "lr"
    return key if plain and owner == history and text(key or history)[0] in "'\"" else None


def _is_history(node: Node, scope: Scope, context: Context) -> bool:
    """Whether it is what a model's `fit` gives, or has kept as `model.history`."""
    node = unparenthesized(node)
    owner = node.child_by_field_name("object")
    if node.type == "attribute" and text(node).endswith(".history") and owner is not None:
        return _is_model(owner, scope, context)
    if node.type == "call":
        function = node.child_by_field_name("function")
        model = function.child_by_field_name("object") if function is not None else None
        method = function.child_by_field_name("attribute") if function is not None else None
        fitting = method is not None and text(method) in _FITTING
        return fitting and model is not None and _is_model(model, scope, context)
    if node.type != "identifier":
        return False
    bindings = scope.reaching(text(node), node.start_byte)
    return bool(bindings) and all(
        one.value is not None
        and one.value.type == "call"
        and one.item is None
        and _is_history(one.value, one.scope, context)
        for one in bindings
    )


def _is_model(node: Node, scope: Scope, context: Context) -> bool:
    kind = kind_of(context.module, node, scope)
    return kind is not None and kind.type == "object" and kind.is_a("keras.Model")


def _is_logged(module: Module) -> bool:
    """Whether the module uses Keras's callbacks that log the rate, and doesn't itself."""
    used = any(
        _LOGGING.intersection(canonical(name) or "" for name in module.qualified(reference))
        for reference in module.references
    )
    return used and not any(
        string_value(index) == "lr"
        for item in module.items
        for target, _, _ in item.items_set
        for index in [target.child_by_field_name("subscript")]
        if index is not None
    )
