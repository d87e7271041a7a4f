"""A `Sequence` whose constructor doesn't call that of its base class.

## What it does

Finds subclasses of `keras.utils.Sequence` with an `__init__` that never calls `super().__init__`, and
has it do so first.

## Why

`Sequence` had no constructor in Keras 2. In Keras 3 it is `PyDataset`, whose constructor takes
`workers`, `use_multiprocessing` and `max_queue_size`, which `fit` no longer has:

    UserWarning: Your `PyDataset` class should call `super().__init__(**kwargs)` in its constructor. `**kwargs` can include `workers`, `use_multiprocessing`, `max_queue_size`. Do not pass these arguments to `fit()`, as they will be ignored.

## Example

    class Batches(keras.utils.Sequence):
        def __init__(self, x, y):
            self.x, self.y = x, y

becomes

    class Batches(keras.utils.Sequence):
        def __init__(self, x, y):
            super().__init__()
            self.x, self.y = x, y

## Fix safety

Safe: the call sets defaults. A class with several bases has no finding, as the call may go to another
of them.

Since Keras 3.0.
"""  # noqa: E501 - the warning as it is

from __future__ import annotations

from collections.abc import Iterator

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rule import Rule
from k3ls.semantics import Scope
from k3ls.syntax import argument_nodes
from k3ls.text import Edit

RULE = Rule("K234", "dataset-constructor", Severity.INFORMATION)


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for item in context.module.items:
        for cls in item.classes:
            made = cls.bindings.get("__init__")
            inner = made[-1].inner if made is not None and len(made) == 1 else None
            if inner is not None and _is_dataset(cls, context) and not _calls_init(inner, context):
                yield from _finding(inner, context)


def _is_dataset(cls: Scope, context: Context) -> bool:
    """Whether `keras.utils.Sequence` is the only base of a class."""
    bases = cls.node.child_by_field_name("superclasses")
    given = argument_nodes(bases) if bases is not None else []
    if len(given) != 1 or cls.parent is None:
        return False
    paths = {canonical(name) for name in context.module.names_of(given[0], cls.parent)}
    found = symbol(paths.pop() or "") if len(paths) == 1 else None
    dataset = symbol("keras.utils.Sequence")
    return found is not None and dataset is not None and found.same == dataset.same


def _calls_init(function: Scope, context: Context) -> bool:
    """Whether some `__init__` is called in a function."""
    return any(
        reference.names[-1] == "__init__" and function in reference.scope.enclosing()
        for reference in context.module.references
    )


def _finding(function: Scope, context: Context) -> Iterator[Finding]:
    body = function.node.child_by_field_name("body")
    name = function.node.child_by_field_name("name")
    parameters = function.node.child_by_field_name("parameters")
    first = next(iter(argument_nodes(body)), None) if body is not None else None
    if body is None or first is None or name is None or parameters is None:
        return
    fix = None
    if alone_on_line(first, context.source) and context.indentation(first).isspace():
        newline, indent = context.source.newline, context.indentation(first)
        inner = first.named_children[0] if first.type == "expression_statement" else None
        documented = inner is not None and inner.type == "string"
        if documented and len(argument_nodes(body)) > 1:
            first = argument_nodes(body)[1]
            documented = False
        if documented:
            edit = Edit(first.end_byte, first.end_byte, f"{newline}{indent}super().__init__()")
        else:
            edit = Edit(first.start_byte, first.start_byte, f"super().__init__(){newline}{indent}")
        fix = Fix("Call `super().__init__()`", (edit,), Applicability.SAFE)
    message = (
        "Keras 3 warns where a `Sequence` doesn't call `super().__init__`, which takes `workers`"
        " and the like"
    )
    yield RULE.finding(name.start_byte, name.end_byte, message, fix)
