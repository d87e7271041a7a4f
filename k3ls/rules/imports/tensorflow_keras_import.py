"""An import of Keras from inside TensorFlow.

## What it does

Finds `from tensorflow import keras`, `from tensorflow.keras import …`,
`import tensorflow.keras as …`, and the same through `tensorflow.compat.v2`; also modules that are
imported by their name in a string, with `importlib.import_module`, a `LazyLoader` or
`getattr(tf, "keras")`.

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

A star stays a star where only safe fixes are made, as other modules may import from this one what
the star gave it. The unsafe fix imports the names that the module uses itself; it is the only one
where Keras 3 has names that the star would put in place of others, such as `random` of
`from tensorflow.keras import *`.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line, remove_names, remove_statement
from k3ls.rules.imports.star import hands_on, import_of, star_names
from k3ls.rules.rule import Rule
from k3ls.semantics import Binding, BindingKind, Import, ImportedName, Module, Reference, Scope
from k3ls.syntax import string_value, text
from k3ls.text import Edit

RULE = Rule("K101", "tensorflow-keras-import", Severity.WARNING, backends_only=True)


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for statement in context.module.imports:
        if statement.module:
            yield from _from_import(statement, context)
        else:
            yield from _plain_import(statement, context)
    for item in context.module.items:
        for call, scope in item.calls:
            yield from _import_by_string(call, scope, context)


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
            old_copy = name.path.startswith("tensorflow.python.")
            fix = Fix(
                f"Import `{path}`",
                (Edit(node.start_byte, node.end_byte, new),),
                Applicability.UNSAFE if old_copy else Applicability.SAFE,
            )
        yield RULE.finding(node.start_byte, node.end_byte, _message(name.path, path, held), fix)


def _from_import(statement: Import, context: Context) -> Iterator[Finding]:
    path = _inside_tensorflow(statement.module)
    if statement.module.startswith("tensorflow.python.") and not statement.star:
        # An old copy of Keras: `private-module` (K107) has it.
        return
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
        yield _star(statement, path, context)
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


def _star(statement: Import, path: str, context: Context) -> Finding:
    """`from tensorflow.keras.layers import *`."""
    node, module_node = statement.node, statement.module_node
    assert module_node is not None
    names = star_names(statement, path, context)
    gone = sorted(name for name in names.used if _missing(f"{path}.{name}"))
    message = _message(statement.module, path, [f"{path}.{name}" for name in gone])
    fixes = []
    if not gone and _is_module(path):
        if names.used and not names.unclear and not hands_on(context):
            indent = " " * node.start_point.column
            new = import_of(path, names.used, indent, context.source)
            edit = Edit(node.start_byte, node.end_byte, new)
            title = f"Import the names that are used here from `{path}`"
            fixes.append(Fix(title, (edit,), Applicability.UNSAFE))
        if not names.captured:
            edit = Edit(module_node.start_byte, module_node.end_byte, path)
            fixes.append(Fix(f"Import from `{path}`", (edit,), Applicability.SAFE))
    if names.captured:
        taken = ", ".join(f"`{name}`" for name in sorted(names.captured))
        message += f". The star takes {taken} from Keras 3 too, which is something else here"
    return RULE.finding(node.start_byte, node.end_byte, message, *fixes)


def _import_by_string(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    """`importlib.import_module("tensorflow.keras.layers")`, `getattr(tf, "keras")`."""
    names, string = context.module.named_by_string(call, scope) or ((), call)
    path = _inside_tensorflow(names[0]) if len(names) == 1 else None
    if path is None:
        return
    owner, _, last = names[0].rpartition(".")
    whole = string_value(string) == names[0]
    if not whole and (canonical(owner) is not None or string_value(string) != last):
        # The module that it is taken from is reported.
        return
    gone = sorted(
        {
            used
            for reference in context.module.references
            for qualified in context.module.qualified(reference)
            if f"{qualified}.".startswith(f"{names[0]}.")
            and (used := _missing_part(canonical(qualified) or "")) is not None
            and not _imported_elsewhere(reference, call)
        }
    )
    fix = None
    if whole and not gone and _is_module(path):
        new = text(string).replace(names[0], path)
        edit = Edit(string.start_byte, string.end_byte, new)
        around = call.parent
        seen = around is not None and around.type == "assignment"
        # What becomes of a module that is handed on at once isn't known.
        safe = Applicability.SAFE if seen else Applicability.UNSAFE
        fix = Fix(f"Import `{path}`", (edit,), safe)
    message = _message(names[0], path, gone)
    yield RULE.finding(call.start_byte, call.end_byte, message, fix)


def _imported_elsewhere(reference: Reference, call: Node) -> bool:
    """Whether a reference's first name comes from an import, or another call than `call`."""
    bindings = reference.scope.reaching(reference.names[0], reference.offset)
    values = [one.value for one in bindings if one.value is not None]
    if len(values) < len(bindings):
        return all(one.kind is BindingKind.IMPORT for one in bindings)
    return all(value.type == "call" and value != call for value in values)


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
        edit = remove_statement(context.source, statement.node)
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
