"""A model that is saved to an `.h5` file and loaded again.

## What it does

Finds a path that ends in `.h5` to which a module saves a model and from which it loads one.

## Why

The old HDF5 format knows neither the operators of a functional model nor, in some releases, losses
and metrics that a model was compiled with by name:

    ValueError: Unknown layer: 'NotEqual'. Please ensure you are using a `keras.utils.custom_object_scope`
    ValueError: Could not deserialize 'keras.metrics.mse' because it is not a KerasSaveable subclass

The `.keras` format has both.

## Example

    model.save("model.h5")
    model = keras.models.load_model("model.h5")

becomes

    model.save("model.keras")
    model = keras.models.load_model("model.keras")

## Fix safety

Unsafe: files that were saved before keep their names and format.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.rules.rule import Rule
from k3ls.rules.saving.files import arguments_of, called_on_model, names_symbol, renamed
from k3ls.semantics import PathEnd, Reference, path_end
from k3ls.syntax import text

RULE = Rule("K213", "h5-model", Severity.WARNING)

_H5 = (".h5", ".hdf5")


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    saved: dict[str, list[tuple[Reference, PathEnd]]] = {}
    loaded: dict[str, list[tuple[Reference, PathEnd]]] = {}
    for reference in context.module.references:
        role = _role(reference, context)
        name = reference.names[-1]
        given = arguments_of(reference, name).get("filepath") if role is not None else None
        if given is None:
            continue
        end = path_end(context.module, given.value, reference.scope)
        if end is None or not end.ends_with(*_H5) or end.text.endswith(".weights.h5"):
            continue
        # The same file has the same name, or is written out in the same place.
        key = text(given.value) if end.binding is None else str(end.end)
        (saved if role == "save" else loaded).setdefault(key, []).append((reference, end))
    for key in saved.keys() & loaded.keys():
        for reference, end in (*saved[key], *loaded[key]):
            yield _finding(reference, end, context)


def _role(reference: Reference, context: Context) -> str | None:
    """Whether a reference saves or loads a model."""
    if reference.call is None:
        return None
    if reference.names[-1] == "save" and len(reference.names) > 1:
        # What is loaded as a model from the same file was one.
        return None if called_on_model(reference, context) is False else "save"
    if reference.names[-1] == "save_model":
        return "save" if names_symbol(reference, context, "keras.models.save_model") else None
    if reference.names[-1] == "load_model":
        return "load" if names_symbol(reference, context, "keras.models.load_model") else None
    return None


def _finding(reference: Reference, end: PathEnd, context: Context) -> Finding:
    said = "Keras 3 can't load every model that it saves to an `.h5` file: save to a `.keras` file"
    fix = None
    try:
        edit = renamed(end, ".keras", context)
        fix = Fix("Name the file `.keras`", (edit,), Applicability.UNSAFE)
    except RefusedError as reason:
        said += f" ({reason})"
    node = arguments_of(reference, reference.names[-1])["filepath"].value
    return RULE.finding(node.start_byte, node.end_byte, said, fix)
