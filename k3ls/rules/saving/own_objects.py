"""A model with classes and functions of one's own that is loaded again.

## What it does

Finds `load_model` of a path that the same module saves to, where the module defines layers, models
and the like that aren't registered, or makes `Lambda` layers of Python lambdas; and hands them on.

## Why

A SavedModel holds the code of its layers as a graph, and an `.h5` file lambdas as bytes. Keras 3 saves
the configuration alone, and looks for the classes when it loads it; a lambda it loads only if told so:

    TypeError: Could not locate class 'Own'. Make sure custom classes and functions are decorated with `@keras.saving.register_keras_serializable()`.
    ValueError: Requested the deserialization of a `Lambda` layer whose `function` is a Python lambda.

## Example

    class Own(keras.layers.Layer):
        ...

    model.save("model")
    model = keras.models.load_model("model")

becomes

    model.save("model.keras")
    model = keras.models.load_model("model.keras", custom_objects={"Own": Own})

together with `saved-model`. The decorator `@keras.saving.register_keras_serializable()` is the other
way, for models that are loaded in several places.

## Fix safety

Unsafe: a class whose constructor takes arguments also needs `get_config`, and all of them have to
take `**kwargs` for `name`, `trainable` and `dtype`.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.rules.saving.files import MODEL, arguments_of, names_symbol, saved_models
from k3ls.semantics import BindingKind, Module, Reference, class_kind, path_end
from k3ls.syntax import argument_nodes, nodes_of, text
from k3ls.text import Edit

RULE = Rule("K237", "own-objects", Severity.ERROR)

# Own losses and metrics Keras 2 didn't find either.
_KINDS = tuple(
    f"keras.{name}"
    for name in (
        "layers.Layer initializers.Initializer regularizers.Regularizer constraints.Constraint"
    ).split()
)
# Calls that functions are handed to, beside arguments such as `activation`.
_CALLS = frozenset(("Activation", "Lambda"))
_TAKING = ("activation", "initializer", "regularizer", "constraint")


@RULE.reference("keras", "tensorflow")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    if reference.call is None or not names_symbol(reference, context, "keras.models.load_model"):
        return
    given = arguments_of(reference, "load_model")
    path = given["filepath"].value if "filepath" in given else None
    end = path_end(context.module, path, reference.scope) if path is not None else None
    arguments = reference.call.child_by_field_name("arguments")
    if path is None or end is None or arguments is None or end.ends_with(".keras") is not False:
        return
    saved = saved_models(context)
    if text(path) not in saved and end.end not in saved:
        return
    own = []
    if end.ends_with(*MODEL) is False and "custom_objects" not in given:
        every = context.module.fact("objects of one's own", lambda module: _own(module, context))
        # A name that means nothing yet can't be handed on.
        own = [name for name in every if reference.scope.reaching(name, reference.offset)]
    unsafe = "safe_mode" not in given and context.module.fact("lambda layers", _has_lambda)
    added = []
    if own:
        entries = ", ".join(f'"{name}": {name}' for name in own)
        added.append(f"custom_objects={{{entries}}}")
    if unsafe:
        added.append("safe_mode=False")
    if not added:
        return
    names = ", ".join(f"`{name}`" for name in own)
    said = f"Keras 3 doesn't find {names} by itself" if own else ""
    if unsafe:
        said += " and it" if own else "Keras 3"
        said += " loads no `Lambda` of a Python lambda without `safe_mode=False`"
    last = argument_nodes(arguments)[-1]
    edit = Edit(last.end_byte, last.end_byte, f", {', '.join(added)}")
    fix = Fix(f"Give it `{added[0].partition('=')[0]}`", (edit,), Applicability.UNSAFE)
    node = reference.node
    yield RULE.finding(node.start_byte, node.end_byte, said, fix)


def _own(module: Module, context: Context) -> list[str]:
    """The names of the module's own classes and functions that a model may have."""
    if b"get_custom_objects" in context.source.data:
        return []
    found = []
    for name, bindings in module.scope.bindings.items():
        one = bindings[-1]
        if one.inner is None or len(bindings) > 1:
            continue
        if any("register_keras_serializable" in text(node) for node in one.inner.decorators):
            continue
        if one.kind is BindingKind.CLASS:
            kind = class_kind(module, one.inner)
            needed = kind.is_a(*_KINDS) and not kind.is_a("keras.metrics.Metric")
        else:
            needed = one.kind is BindingKind.FUNCTION and _is_handed_on(name, module)
        if needed:
            found.append(name)
    return found


def _is_handed_on(name: str, module: Module) -> bool:
    """Whether a function is given to a layer as its activation and the like."""
    for reference in module.references:
        if reference.names != [name]:
            continue
        node: Node | None = reference.node
        while node is not None and node.type not in ("call", "block", "module"):
            keyword = node.child_by_field_name("name")
            if node.type == "keyword_argument" and keyword is not None:
                if text(keyword).endswith(_TAKING):
                    return True
                break
            node = node.parent
        function = node.child_by_field_name("function") if node is not None else None
        if function is not None and text(function).rpartition(".")[2] in _CALLS:
            return True
    return False


def _has_lambda(module: Module) -> bool:
    """Whether the module makes a `Lambda` layer of a Python lambda."""
    for item in module.items:
        for call, scope in item.calls:
            function = call.child_by_field_name("function")
            names = module.names_of(function, scope) if function is not None else ()
            if {canonical(name) for name in names} == {"keras.layers.Lambda"}:
                arguments = call.child_by_field_name("arguments")
                if arguments is not None and next(nodes_of(arguments, "lambda"), None) is not None:
                    return True
    return False
