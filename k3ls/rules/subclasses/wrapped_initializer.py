"""A layer's `__init__` that is wrapped by a function of other parameters.

## What it does

Finds functions made with `functools.wraps` that take `*args` and stand in for a layer's `__init__`,
be it as a decorator or by assignment; and gives them the signature of what they wrap.

## Why

Keras 3 reads the parameters of `__init__` in two ways, of which only one looks through
`functools.wraps`, and then can't make the layer:

    KeyError: 'args'

## Example

    def stores_arguments(initializer):
        @functools.wraps(initializer)
        def wrapper(self, *args, **kwargs):
            initializer(self, *args, **kwargs)
            self.arguments = args, kwargs

        return wrapper

    class Scale(keras.layers.Layer):
        @stores_arguments
        def __init__(self, factor, **kwargs):
            super().__init__(**kwargs)
            self.factor = factor

becomes

    def stores_arguments(initializer):
        @functools.wraps(initializer)
        def wrapper(self, *args, **kwargs):
            initializer(self, *args, **kwargs)
            self.arguments = args, kwargs
        wrapper.__signature__ = inspect.signature(initializer)

        return wrapper

    class Scale(keras.layers.Layer):
        @stores_arguments
        def __init__(self, factor, **kwargs):
            super().__init__(**kwargs)
            self.factor = factor

## Fix safety

Safe: `inspect.signature` says the same as before.

Since Keras 3.12; releases up to 3.9 don't raise.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, Scope, ScopeKind, class_kind, kind_of
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K258", "wrapped-initializer", Severity.ERROR)


@RULE.function
def check(function: Scope, context: Context) -> Iterator[Finding]:
    maker = function.parent
    wrapped = _wrapped(function, context)
    name = function.node.child_by_field_name("name")
    if wrapped is None or maker is None or maker.kind is not ScopeKind.FUNCTION or name is None:
        return
    if f"{function.name}.__signature__" in text(maker.node):
        return
    if not (_is_assigned(function, maker, context) or _decorates(maker, context)):
        return
    message = "Keras 3 can't make a layer whose `__init__` is wrapped by a function with `*args`"
    fix = None
    try:
        inspect = context.library("inspect", maker, function.node.start_byte)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        before = context.source.newline + " " * function.node.start_point.column
        signature = f"{function.name}.__signature__ = {inspect.source}.signature({wrapped})"
        end = function.node.end_byte
        edits = (Edit(end, end, before + signature), *inspect.edits)
        fix = Fix("Give it the signature of what it wraps", edits, Applicability.SAFE)
    yield RULE.finding(name.start_byte, name.end_byte, message, fix)


def _wrapped(function: Scope, context: Context) -> str | None:
    """What a function with `*args` is a wrapper of, by `functools.wraps`."""
    parameters = function.node.child_by_field_name("parameters")
    kinds = [one.type for one in parameters.named_children] if parameters is not None else []
    if function.parent is None or "list_splat_pattern" not in kinds:
        return None
    for decorator in function.decorators:
        made = decorator.child_by_field_name("function")
        given = decorator.child_by_field_name("arguments")
        if made is None or given is None:
            continue
        if "functools.wraps" in context.module.names_of(made, function.parent):
            arguments = argument_nodes(given)
            return text(arguments[0]) if len(arguments) == 1 else None
    return None


def _is_assigned(function: Scope, maker: Scope, context: Context) -> bool:
    """Whether it becomes the `__init__` of a layer."""
    for target in _set_attributes(context):
        parent = target.node.parent
        value = parent.child_by_field_name("right") if parent is not None else None
        if target.names[-1] != "__init__" or target.scope is not maker or value is None:
            continue
        if text(value) != function.name:
            continue
        kind = kind_of(context.module, target.nodes[-2], maker)
        if kind is not None:
            return kind.is_a("keras.layers.Layer")
        # Of all classes only those of Keras have it.
        return any(
            other.names == [target.names[0], "get_config"]
            for other in (*context.module.references, *_set_attributes(context))
            if other.scope is maker
        )
    return False


def _set_attributes(context: Context) -> Iterator[Reference]:
    return (target for item in context.module.items for target in item.attributes_set)


def _decorates(maker: Scope, context: Context) -> bool:
    """Whether the function that makes it decorates the `__init__` of a layer."""
    module = context.module
    for item in module.items:
        for cls in item.classes:
            for binding in cls.bindings.get("__init__", ()):
                for decorator in binding.inner.decorators if binding.inner is not None else ():
                    kind = kind_of(module, decorator, cls)
                    if kind is not None and kind.scope is maker:
                        return class_kind(module, cls).is_a("keras.layers.Layer")
    return False
