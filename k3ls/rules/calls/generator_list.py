"""A generator or `Sequence` that gives lists of inputs or targets.

## What it does

Finds generators that are handed to `fit`, `evaluate` or `predict` and yield `[a, b], y` or
`[x, y]`, and subclasses of `keras.utils.Sequence` whose `__getitem__` returns `[a, b], y`; and has
them give tuples.

## Why

Keras 2 made tuples of the lists. Keras 3 takes them for data:

    TypeError: `output_signature` must contain objects that are subclass of `tf.TypeSpec` but found <class 'list'> which is not.
    ValueError: When passing a Python generator to a Keras model, the generator must return a tuple, either (input,) or (inputs, targets) or (inputs, targets, sample_weights).

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
from k3ls.semantics import Scope, class_kind, kind_of, local_classes
from k3ls.syntax import argument_nodes, text, unparenthesized
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
        for cls in item.classes:
            if class_kind(context.module, cls).is_a("keras.utils.Sequence"):
                for node, scope in _returned(cls, context):
                    yield from _in_tuple(node, scope)
    for generator in generators.values():
        for node in _yielded(generator):
            if _is_list(node, generator) and len(argument_nodes(node)) <= 3:
                yield _finding(node)
            yield from _in_tuple(node, generator)


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
    kind = kind_of(context.module, owner, scope)
    # Others than models have no `fit_generator`, unless they are classes of one's own.
    known = kind is not None and kind.is_a("keras.Model")
    if not known and (name in _OF_MODELS or kind is not None):
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


def _returned(cls: Scope, context: Context) -> Iterator[tuple[Node, Scope]]:
    """What `__getitem__` of a class returns, itself or by another method; with its scope."""
    own = cls.bindings.get("__getitem__")
    inner = own[-1].inner if own else None
    for node in inner.returns if inner is not None else ():
        function = node.child_by_field_name("function") if node.type == "call" else None
        made = _function(function, inner, context) if function is not None and inner else None
        if made is not None and not made.is_generator:
            yield from ((one, made) for one in made.returns)
        elif inner is not None:
            yield node, inner


def _yielded(generator: Scope) -> Iterator[Node]:
    """What a generator yields."""
    nodes = list(generator.node.named_children)
    while nodes:
        node = nodes.pop()
        if node.type in ("function_definition", "lambda", "class_definition"):
            continue
        nodes += node.named_children
        if node.type == "yield" and node.named_children:
            yield unparenthesized(node.named_children[0])


def _in_tuple(node: Node, scope: Scope) -> Iterator[Finding]:
    """The lists among what is given together, written there or under a name."""
    if node.type in ("expression_list", "tuple", "list"):
        yield from (_finding(part) for part in argument_nodes(node) if _is_list(part, scope))


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
        "Keras 3 takes several inputs or targets of a generator or `Sequence` as a tuple",
        Fix("Yield a tuple", edits, Applicability.SAFE),
    )
