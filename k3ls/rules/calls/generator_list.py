"""A generator that yields lists of inputs or targets.

## What it does

Finds generators that are handed to `fit`, `evaluate` or `predict` and yield `[a, b], y`, and has
them yield tuples.

## Why

Keras 2 made tuples of the lists. Keras 3 takes them for data:

    TypeError: `output_signature` must contain objects that are subclass of `tf.TypeSpec` but found <class 'list'> which is not.

## Example

    def batches():
        while True:
            yield [left, right], labels

    model.fit(batches(), steps_per_epoch=10)

becomes

    def batches():
        while True:
            yield (left, right), labels

    model.fit(batches(), steps_per_epoch=10)

## Fix safety

Safe: the same arrays, as Keras 2 handed them on.

Since Keras 3.0.
"""  # noqa: E501 - the error as it is

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope, kind_of, local_classes
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K209", "generator-list", Severity.ERROR)

_ANY = frozenset(("fit_generator", "evaluate_generator", "predict_generator"))
_OF_MODELS = frozenset(("fit", "evaluate", "predict"))
_DATA = frozenset(("x", "generator", "validation_data"))


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    generators: dict[int, Scope] = {}
    for item in context.module.items:
        for call, scope in item.calls:
            for node in _data(call, scope, context):
                function = node.child_by_field_name("function") if node.type == "call" else None
                made = _function(function, scope, context) if function is not None else None
                if made is not None and made.is_generator:
                    generators[id(made)] = made
    for generator in generators.values():
        for node in _yielded(generator):
            yield _finding(node)


def _data(call: Node, scope: Scope, context: Context) -> Iterator[Node]:
    """The arguments of a model's method that may be generators."""
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    attribute = function.child_by_field_name("attribute") if function is not None else None
    owner = function.child_by_field_name("object") if function is not None else None
    if attribute is None or owner is None or arguments is None:
        return
    name = text(attribute)
    if name not in _ANY | _OF_MODELS:
        return
    if name in _OF_MODELS:
        kind = kind_of(context.module, owner, scope)
        if kind is None or not kind.is_a("keras.Model"):
            return
    for index, argument in enumerate(argument_nodes(arguments)):
        keyword = argument.child_by_field_name("name")
        value = argument.child_by_field_name("value")
        if argument.type != "keyword_argument":
            if index == 0:
                yield argument
        elif keyword is not None and value is not None and text(keyword) in _DATA:
            yield value


def _function(node: Node, scope: Scope, context: Context) -> Scope | None:
    """The function or method of this module that an expression stands for."""
    kind = kind_of(context.module, node, scope)
    if kind is not None:
        return kind.scope if kind.type == "function" else None
    owner, attribute = node.child_by_field_name("object"), node.child_by_field_name("attribute")
    of = kind_of(context.module, owner, scope) if owner is not None else None
    if of is None or of.scope is None or attribute is None:
        return None
    for cls in local_classes(context.module, of.scope):
        bound = cls.bindings.get(text(attribute))
        if bound:
            return bound[-1].inner
    return None


def _yielded(generator: Scope) -> Iterator[Node]:
    """The lists among what a generator yields together, written there or under a name."""
    nodes = list(generator.node.named_children)
    while nodes:
        node = nodes.pop()
        if node.type in ("function_definition", "lambda", "class_definition"):
            continue
        nodes += node.named_children
        if node.type != "yield" or not node.named_children:
            continue
        together = node.named_children[0]
        if together.type in ("expression_list", "tuple"):
            yield from (part for part in argument_nodes(together) if _is_list(part, generator))


def _is_list(node: Node, scope: Scope) -> bool:
    if node.type == "identifier":
        bindings = scope.reaching(text(node), node.start_byte)
        value = bindings[0].value if len(bindings) == 1 else None
        item = bindings[0].item if value is not None else None
        return value is not None and item is None and _is_list(value, scope)
    numbers = any(one.type in ("integer", "float") for one in node.named_children)
    return node.type == "list" and bool(argument_nodes(node)) and not numbers


def _finding(node: Node) -> Finding:
    if node.type == "identifier":
        edits: tuple[Edit, ...] = (Edit(node.start_byte, node.end_byte, f"tuple({text(node)})"),)
        return _as_tuple(node, edits)
    parts = argument_nodes(node)
    comma = "," if len(parts) == 1 and not text(node).rstrip("] \n\t").endswith(",") else ""
    edits = (
        Edit(node.start_byte, node.start_byte + 1, "("),
        Edit(node.end_byte - 1, node.end_byte, f"{comma})"),
    )
    return _as_tuple(node, edits)


def _as_tuple(node: Node, edits: tuple[Edit, ...]) -> Finding:
    return RULE.finding(
        node.start_byte,
        node.end_byte,
        "Keras 3 takes several inputs or targets of a generator as a tuple",
        Fix("Yield a tuple", edits, Applicability.SAFE),
    )
