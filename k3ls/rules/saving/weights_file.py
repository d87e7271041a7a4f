"""A file of weights whose name Keras 3 refuses.

## What it does

Finds `save_weights`, and `ModelCheckpoint` with `save_weights_only=True`, with a path that doesn't
end in `.weights.h5`; a `ModelCheckpoint` of whole models whose path doesn't end in `.keras` or
`.h5`; `load_weights` of a path that the same module saves to; and `by_name` with such a path.

## Why

Keras 3 writes weights in one format, which the name of the file has to say:

    ValueError: The filename must end in `.weights.h5`. Received: filepath=weights.ckpt
    ValueError: When using `save_weights_only=True` in `ModelCheckpoint`, the filepath provided must end in `.weights.h5` (Keras weights format).
    ValueError: The filepath provided must end in `.keras` (Keras model format).
    ValueError: `by_name` only supports loading legacy '.h5' or '.hdf5' files.

## Example

    model.save_weights("weights.ckpt")
    model.load_weights("weights.ckpt")

becomes

    model.save_weights("weights.weights.h5")
    model.load_weights("weights.weights.h5")

## Fix safety

Unsafe: files that were saved before keep their names and format. A path that isn't written out has
no finding.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import Given, RefusedError, list_edits, literal
from k3ls.rules.rule import Rule
from k3ls.rules.saving.files import (
    WEIGHTS,
    WEIGHTS_FILES,
    arguments_of,
    called_on_model,
    names_symbol,
    renamed,
)
from k3ls.semantics import Module, PathEnd, Reference, Scope, path_end
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K212", "weights-file", Severity.ERROR)


@RULE.attribute("save_weights")
def check_save(reference: Reference, context: Context) -> Iterator[Finding]:
    if not called_on_model(reference, context):
        return
    given = arguments_of(reference, "save_weights").get("filepath")
    end = path_end(context.module, given.value, reference.scope) if given is not None else None
    if given is None or end is None or end.ends_with(*WEIGHTS_FILES) is not False:
        return
    said = "Keras 3 saves weights to files that end in `.weights.h5`"
    edits = []
    try:
        edits.append(renamed(end, WEIGHTS, context))
    except RefusedError as reason:
        said += f" ({reason})"
    yield _finding(given.value, said, edits)


@RULE.attribute("load_weights")
def check_load(reference: Reference, context: Context) -> Iterator[Finding]:
    if not called_on_model(reference, context):
        return
    every = arguments_of(reference, "load_weights")
    given = every.get("filepath")
    end = path_end(context.module, given.value, reference.scope) if given is not None else None
    if given is None or end is None:
        return
    if end.ends_with(*WEIGHTS_FILES, ".keras"):
        yield from _by_name(reference, every)
    if end.ends_with(*WEIGHTS_FILES) is not False:
        return
    saved = context.module.fact("files of weights", lambda module: _saved(module, context))
    here = text(given.value) in saved or end.end in saved.values()
    if not here and end.ends_with(".h5", ".hdf5", ".keras") is not False:
        return
    said = "Keras 3 loads weights from files that end in `.weights.h5`, `.h5` or `.keras`"
    edits = []
    if here:
        try:
            edits = [renamed(end, WEIGHTS, context)]
            edits += _without_by_name(reference, every)
        except RefusedError as reason:
            said += f" ({reason})"
    else:
        said += (
            ", and no checkpoints of TensorFlow: load it with Keras 2 and save it to such a file,"
            " or read it with `tf.train.Checkpoint`"
        )
    yield _finding(given.value, said, edits)


@RULE.reference("keras.callbacks", "tensorflow.keras.callbacks")
def check_checkpoint(reference: Reference, context: Context) -> Iterator[Finding]:
    if not names_symbol(reference, context, "keras.callbacks.ModelCheckpoint"):
        return
    given = arguments_of(reference, "ModelCheckpoint")
    if "filepath" not in given:
        return
    weights = _weights_only(given)
    end = path_end(context.module, given["filepath"].value, reference.scope)
    if weights is None or end is None:
        return
    if end.ends_with(*(WEIGHTS_FILES if weights else (".keras", ".h5"))) is not False:
        return
    new = WEIGHTS if weights else ".keras"
    what = "weights" if weights else "models"
    said = f"`ModelCheckpoint` of Keras 3 saves {what} to files that end in `{new}`"
    edits = []
    try:
        edits.append(renamed(end, new, context))
    except RefusedError as reason:
        said += f" ({reason})"
    yield _finding(given["filepath"].value, said, edits)


def _by_name(reference: Reference, given: Mapping[str, Given]) -> Iterator[Finding]:
    """`by_name` where Keras 3 has it for `.h5` files alone."""
    if "by_name" not in given:
        return
    node = given["by_name"].node
    said = "Keras 3 takes `by_name` for `.h5` files that Keras 2 saved, and for no others"
    fix = None
    try:
        edits = tuple(_without_by_name(reference, given))
        fix = Fix("Leave out `by_name`", edits, Applicability.SAFE)
    except RefusedError as reason:
        said += f" ({reason})"
    yield RULE.finding(node.start_byte, node.end_byte, said, fix)


def _without_by_name(reference: Reference, given: Mapping[str, Given]) -> list[Edit]:
    """The edits that leave `by_name=False` out.

    Raises:
        RefusedError: it isn't False.
    """
    by_name = given.get("by_name")
    assert reference.call is not None
    arguments = reference.call.child_by_field_name("arguments")
    if by_name is None or arguments is None:
        return []
    if by_name.keyword is None or text(by_name.value) != "False":
        raise RefusedError("such files are loaded by the models' structure")
    return list_edits(arguments, [one for one in given.values() if one != by_name], [by_name], [])


def _finding(node: Node, said: str, edits: list[Edit]) -> Finding:
    fix = Fix("Name the file as Keras 3 wants it", tuple(edits), Applicability.UNSAFE)
    return RULE.finding(node.start_byte, node.end_byte, said, fix if edits else None)


def _weights_only(given: Mapping[str, Given]) -> bool | None:
    """Whether a checkpoint saves weights alone, None if that can't be told."""
    if "save_weights_only" not in given:
        return False
    value = literal(given["save_weights_only"].value)
    return value if isinstance(value, bool) else None


def _saved(module: Module, context: Context) -> dict[str, int]:
    """The paths that the module saves weights to under names that Keras 3 refuses, and where they
    end."""
    found: dict[str, int] = {}

    def take(given: Mapping[str, Given], scope: Scope) -> None:
        path = given["filepath"].value if "filepath" in given else None
        end: PathEnd | None = path_end(module, path, scope) if path is not None else None
        if path is not None and end is not None and end.ends_with(*WEIGHTS_FILES) is False:
            found[text(path)] = end.end

    for reference in module.references:
        if reference.names[-1] == "save_weights" and called_on_model(reference, context):
            take(arguments_of(reference, "save_weights"), reference.scope)
        elif names_symbol(reference, context, "keras.callbacks.ModelCheckpoint"):
            given = arguments_of(reference, "ModelCheckpoint")
            if _weights_only(given):
                take(given, reference.scope)
    return found
