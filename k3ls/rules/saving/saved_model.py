"""A model that is saved in TensorFlow's SavedModel format.

## What it does

Finds `model.save` and `save_model` with a path that ends neither in `.keras` nor in `.h5`, with
`save_format`, or with an option of the SavedModel format; and `load_model` of a path that the same
module saves so.

## Why

Keras 3 saves to a file of its own format, whose name says so:

    ValueError: Invalid filepath extension for saving. Please add either a `.keras` extension for the native Keras format (recommended) or a `.h5` extension. Use `model.export(filepath)` if you want to export a SavedModel for use with TFLite/TFServing/etc.
    ValueError: The `save_format` argument is deprecated in Keras 3. Please remove this argument and pass a file path with either `.keras` or `.h5` extension.
    ValueError: The following argument(s) are not supported: ['save_traces']
    ValueError: File format not supported: filepath=model. Keras 3 only supports V3 `.keras` files, legacy H5 format files (`.h5` extension).

## Example

    model.save("model", save_format="tf")
    again = keras.models.load_model("model")

becomes

    model.save("model.keras")
    again = keras.models.load_model("model.keras")

where it is to be served, `model.export("model")` is the other choice, and the first one where
TensorFlow reads the folder.

## Fix safety

Unsafe: files that were saved before keep their names and format, and a file takes the place of a
folder. Taking `save_format` away is safe where the path's ending says the same. A path that isn't
written out has no finding.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator, Mapping

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import Given, RefusedError, list_edits
from k3ls.rules.rule import Rule
from k3ls.rules.saving.files import (
    MODEL,
    arguments_of,
    called_on_model,
    making_folder,
    names_symbol,
    renamed,
)
from k3ls.semantics import Module, PathEnd, Reference, path_end
from k3ls.syntax import argument_nodes, string_value, text
from k3ls.text import Edit

RULE = Rule("K211", "saved-model", Severity.ERROR)

_OPTIONS = ("save_format", "signatures", "options", "save_traces")
# What reads a SavedModel, and no `.keras` file.
_SERVING = frozenset(
    ("tensorflow.saved_model.load", "tensorflow.lite.TFLiteConverter.from_saved_model")
)
_KERAS_ONLY = frozenset(("save_format", "include_optimizer", "save_traces"))


@RULE.attribute("save", "save_model")
def check_save(reference: Reference, context: Context) -> Iterator[Finding]:
    given = _saved(reference, context)
    if given is None or reference.call is None:
        return
    path = given["filepath"].value
    end = path_end(context.module, path, reference.scope)
    options = [given[name] for name in _OPTIONS if name in given]
    folder = end is not None and end.ends_with(*MODEL) is False
    if not folder and not options:
        return
    fixes: list[Fix] = []
    said = "Keras 3 saves to a file that ends in `.keras`"
    if options:
        said += f", and has no {', '.join(f'`{one.parameter}`' for one in options)}"
    try:
        removing = _without(reference, given, options)
        if folder and end is not None:
            edits = [renamed(end, ".keras", context), *removing]
            edits += making_folder(path, reference, context)
            fixes.append(_unsafe("Save to a `.keras` file", *edits))
            fixes += _export(reference, given, context)
            if text(path) in context.module.fact("served folders", _served):
                fixes.reverse()
        elif options:
            fixes.append(_removed(end, options, removing))
    except RefusedError as reason:
        said += f" ({reason})"
    node = options[0].node if options and not folder else path
    yield RULE.finding(node.start_byte, node.end_byte, said, *fixes)


@RULE.reference("keras", "tensorflow")
def check_load(reference: Reference, context: Context) -> Iterator[Finding]:
    if not names_symbol(reference, context, "keras.models.load_model"):
        return
    given = arguments_of(reference, "load_model").get("filepath")
    end = path_end(context.module, given.value, reference.scope) if given is not None else None
    if given is None or end is None or end.ends_with(*MODEL) is not False:
        return
    folders = context.module.fact("saved folders", lambda module: _folders(module, context))
    if text(given.value) not in folders and end.end not in folders.values():
        return
    fixes = []
    said = (
        "Keras 3 loads models from `.keras` files, and this is saved in a folder; a file hasn't got"
        " the code of own classes: register them, or give them as `custom_objects`"
    )
    try:
        fixes.append(_unsafe("Load a `.keras` file", renamed(end, ".keras", context)))
    except RefusedError as reason:
        said += f" ({reason})"
    yield RULE.finding(given.value.start_byte, given.value.end_byte, said, *fixes)


def _saved(reference: Reference, context: Context) -> Mapping[str, Given] | None:
    """The arguments, if the reference saves a Keras model."""
    given = arguments_of(reference, reference.names[-1])
    if reference.call is None or "filepath" not in given:
        return None
    if reference.names[-1] == "save_model":
        known = names_symbol(reference, context, "keras.models.save_model")
    else:
        on_model = len(reference.nodes) > 1 and called_on_model(reference, context)
        # Nothing else that has a `save` takes these, or is loaded as a model.
        known = on_model or (
            on_model is None
            and (
                not _KERAS_ONLY.isdisjoint(given)
                or text(given["filepath"].value) in _loaded(context)
            )
        )
    return given if known else None


def _without(reference: Reference, given: Mapping[str, Given], options: list[Given]) -> list[Edit]:
    assert reference.call is not None
    arguments = reference.call.child_by_field_name("arguments")
    if arguments is None or not options:
        return []
    if any(one.keyword is None for one in options):
        raise RefusedError("options are given by position")
    kept = [one for one in given.values() if one not in options]
    return list_edits(arguments, kept, options, [])


def _removed(end: PathEnd | None, options: list[Given], removing: list[Edit]) -> Fix:
    """The fix that only takes options away."""
    formats = {"h5": (".h5", ".hdf5"), "keras": (".keras",)}
    same = all(
        one.parameter == "save_format"
        and end is not None
        and end.ends_with(*formats.get(string_value(one.value) or "", ("?",)))
        for one in options
    )
    safe = Applicability.SAFE if same else Applicability.UNSAFE
    names = ", ".join(f"`{one.parameter}`" for one in options)
    return Fix(f"Leave out {names}", tuple(removing), safe)


def _export(reference: Reference, given: Mapping[str, Given], context: Context) -> Iterator[Fix]:
    """The other choice, a SavedModel to be served."""
    path = given["filepath"].value
    attribute = reference.node.child_by_field_name("attribute")
    if reference.names[-1] != "save" or attribute is None or reference.call is None:
        return
    arguments = reference.call.child_by_field_name("arguments")
    if arguments is None:
        return
    yield _unsafe(
        "Export a SavedModel",
        Edit(attribute.start_byte, attribute.end_byte, "export"),
        Edit(arguments.start_byte, arguments.end_byte, f"({context.written(path)})"),
    )


def _unsafe(title: str, *edits: Edit) -> Fix:
    return Fix(title, edits, Applicability.UNSAFE)


def _loaded(context: Context) -> set[str]:
    """The paths that the module loads models of Keras from, as they are written."""

    def collect(module: Module) -> set[str]:
        found: set[str] = set()
        for reference in module.references:
            if names_symbol(reference, context, "keras.models.load_model"):
                path = arguments_of(reference, "load_model").get("filepath")
                found.update((text(path.value),) if path is not None else ())
        return found

    return context.module.fact("loaded models", collect)


def _served(module: Module) -> set[str]:
    """The paths that TensorFlow reads a SavedModel from, as they are written."""
    found: set[str] = set()
    for reference in module.references:
        arguments = reference.call.child_by_field_name("arguments") if reference.call else None
        if arguments is not None and _SERVING.intersection(module.qualified(reference)):
            found.update(text(one) for one in argument_nodes(arguments)[:1])
    return found


def _folders(module: Module, context: Context) -> dict[str, int]:
    """The paths that the module saves models to without an ending, and where they end."""
    found: dict[str, int] = {}
    for reference in module.references:
        if reference.names[-1] not in ("save", "save_model"):
            continue
        given = _saved(reference, context)
        path = given["filepath"].value if given is not None else None
        end = path_end(module, path, reference.scope) if path is not None else None
        if path is not None and end is not None and end.ends_with(*MODEL) is False:
            found[text(path)] = end.end
    return found
