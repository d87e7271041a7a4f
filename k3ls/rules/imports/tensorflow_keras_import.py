"""An import of Keras from inside TensorFlow.

## What it does

Finds `from tensorflow import keras`, `from tensorflow.keras import …`,
`import tensorflow.keras as …`, and the same through `tensorflow.compat.v2`.

## Why

Keras 3 is a package of its own that runs on TensorFlow, JAX and torch. Imported through
TensorFlow it can run on TensorFlow only, and `tensorflow.keras` is a compatibility namespace: it
keeps names that `keras` no longer has. Changing such an import alone gives

    AttributeError: module 'keras.layers' has no attribute 'ThresholdedReLU'

so a name that `keras` lacks stays where it was, and the finding names it.

## Example

    from tensorflow import keras
    from tensorflow.keras.layers import Dense, Dropout

becomes

    import keras
    from keras.layers import Dense, Dropout

## Fix safety

Safe: with Keras 3 installed (TensorFlow 2.16 and later) both spellings give the same objects. Names
that are imported, not used, and gone from Keras 3 are dropped from the import.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line, remove_import, remove_names
from k3ls.rules.rule import Rule
from k3ls.semantics import Binding, Import, ImportedName, Module
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K101", "tensorflow-keras-import", Severity.WARNING, backends_only=True)


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for statement in context.module.imports:
        if statement.module:
            yield from _from_import(statement, context)
        else:
            yield from _plain_import(statement, context)


def _plain_import(statement: Import, context: Context) -> Iterator[Finding]:
    """`import tensorflow.keras.layers as layers`; without an alias the uses are reported."""
    for name in statement.names:
        path = _inside_tensorflow(name.path)
        if path is None or name.alias is None:
            continue
        node = name.node
        held = _held_back([name], context)
        fix = None
        if not held and _is_module(path):
            new = "keras" if path == name.alias == "keras" else f"{path} as {name.alias}"
            fix = Fix(
                f"Import `{path}`",
                (Edit(node.start_byte, node.end_byte, new),),
                Applicability.SAFE,
            )
        yield RULE.finding(node.start_byte, node.end_byte, _message(name.path, path, held), fix)


def _from_import(statement: Import, context: Context) -> Iterator[Finding]:
    path = _inside_tensorflow(statement.module)
    if path is not None:
        yield from _from_keras(statement, path, context)
    elif statement.module in ("tensorflow", "tensorflow.compat.v2"):
        yield from _keras_from_tensorflow(statement, context)


def _keras_from_tensorflow(statement: Import, context: Context) -> Iterator[Finding]:
    """`from tensorflow import keras`, alone or among other names."""
    for name in statement.names:
        if name.path != "keras":
            continue
        node = statement.node
        held = _held_back([name], context)
        new = (
            f"import keras as {name.alias}" if name.alias not in (None, "keras") else "import keras"
        )
        edits: tuple[Edit, ...] = ()
        if len(statement.names) == 1:
            edits = (Edit(node.start_byte, node.end_byte, new),)
        elif alone_on_line(node, context.source):
            indent = " " * node.start_point.column
            line = f"{new}{context.source.newline}{indent}"
            edits = (
                Edit(node.start_byte, node.start_byte, line),
                *remove_names(context.source, statement, [name]),
            )
        fix = Fix("Import `keras`", edits, Applicability.SAFE) if edits and not held else None
        message = _message(f"{statement.module}.keras", "keras", held)
        yield RULE.finding(name.node.start_byte, name.node.end_byte, message, fix)


def _from_keras(statement: Import, path: str, context: Context) -> Iterator[Finding]:
    """`from tensorflow.keras.layers import Dense`."""
    node = statement.node
    module_node = statement.module_node
    assert module_node is not None
    if statement.star:
        gone = sorted(
            {
                name.removeprefix(f"{path}.")
                for reference in context.module.references
                for qualified in context.module.qualified(reference)
                if (name := canonical(qualified) or "").startswith(f"{path}.") and _missing(name)
            }
        )
        fix = None
        if not gone and _is_module(path):
            edit = Edit(module_node.start_byte, module_node.end_byte, path)
            fix = Fix(f"Import from `{path}`", (edit,), Applicability.SAFE)
        message = _message(statement.module, path, gone)
        yield RULE.finding(node.start_byte, node.end_byte, message, fix)
        return
    held = [name for name in statement.names if _held_back([name], context)]
    dropped = [
        name
        for name in statement.names
        if name not in held
        and _missing(f"{path}.{name.path}")
        and name.binding not in context.module.uses
    ]
    message = _message(statement.module, path, _held_back(statement.names, context))
    yield RULE.finding(
        node.start_byte, node.end_byte, message, _move(statement, path, held, dropped, context)
    )


def _move(
    statement: Import,
    path: str,
    held: list[ImportedName],
    dropped: list[ImportedName],
    context: Context,
) -> Fix | None:
    """Import from `path` all names but those held back, which get a statement of their own."""
    module_node = statement.module_node
    assert module_node is not None
    if len(held) + len(dropped) == len(statement.names):
        if held or not dropped:
            return None
        edit = remove_import(context.source, statement)
        return Fix("Remove the import", (edit,), Applicability.SAFE)
    if not _is_module(path):
        return None
    edits = [Edit(module_node.start_byte, module_node.end_byte, path)]
    if held or dropped:
        edits += remove_names(context.source, statement, [*held, *dropped])
    if held:
        node = statement.node
        if not alone_on_line(node, context.source):
            return None
        names = ", ".join(text(name.node) for name in held)
        indent = " " * node.start_point.column
        line = f"from {statement.module} import {names}{context.source.newline}{indent}"
        edits.append(Edit(node.start_byte, node.start_byte, line))
    return Fix(f"Import from `{path}`", tuple(edits), Applicability.SAFE)


def _inside_tensorflow(module: str) -> str | None:
    """The path under `keras` of a module below `tensorflow`, None for other modules."""
    path = canonical(module) if module.startswith("tensorflow.") else None
    return path if path is not None and path.startswith("keras") else None


def _missing(path: str) -> bool:
    """Whether the public name existed before, and `keras` of Keras 3 hasn't got it."""
    found = symbol(path)
    return found is not None and not found.keras3


def _is_module(path: str) -> bool:
    found = symbol(path)
    return found is not None and found.keras3 and found.kind == "module"


def _held_back(names: list[ImportedName], context: Context) -> list[str]:
    """The uses of imported names that would break if the import came from `keras`."""
    missing = missing_names(context)
    held = [path for name in names for path, _ in missing.get(name.binding, ())]
    return list(dict.fromkeys(held))


def missing_names(context: Context) -> dict[Binding, list[tuple[str, bool]]]:
    """By import: the public names reached through it that Keras 3 lacks.

    Each with whether it is reached under another name that the import was assigned to
    (`layers = keras.layers`).
    """

    def collect(module: Module) -> dict[Binding, list[tuple[str, bool]]]:
        found: dict[Binding, list[tuple[str, bool]]] = {}
        for reference in module.references:
            for qualified in module.qualified(reference):
                used = _missing_part(canonical(qualified) or "")
                origin = context.origin(reference) if used is not None else None
                if used is not None and origin is not None:
                    alias = origin.name != reference.names[0]
                    found.setdefault(origin, []).append((used, alias))
        return found

    return context.module.fact("missing names by import", collect)


def _missing_part(path: str) -> str | None:
    """The longest public name in `path`, if Keras 3 lacks it."""
    while path.startswith("keras."):
        found = symbol(path)
        if found is not None:
            return None if found.keras3 else path
        path = path.rpartition(".")[0]
    return None


def _message(old: str, new: str, held: list[str]) -> str:
    message = f"`{old}` ties the code to TensorFlow; Keras 3 is `{new}`"
    if held:
        names = ", ".join(f"`{name}`" for name in held)
        message += f". Keras 3 lacks {names}, used here"
    return message
