"""A package around Keras that goes by another name now.

## What it does

Finds imports of `keras_nlp`, which is KerasHub (`keras_hub`), and of `keras_core`, which became
Keras 3 itself, and changes the name in the imports and, where it is used, in the code.

## Why

Old releases work with Keras 2 or in their own world: a layer of `keras_core` in a model of Keras 3
gives

    ValueError: Only instances of `keras.Layer` can be added to a Sequential model.

From release 0.16 on `keras_nlp` only passes on what `keras_hub` has.

## Example

    import keras_nlp

    tokenizer = keras_nlp.models.BertTokenizer.from_preset("bert_tiny_en_uncased")

becomes

    import keras_hub

    tokenizer = keras_hub.models.BertTokenizer.from_preset("bert_tiny_en_uncased")

## Fix safety

Unsafe: the new package has to be installed, and may be newer than the old one was. There is no fix
where the code uses a name that the new package lacks.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.knowledge.neighbours import Renamed, renamed_packages
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import BindingKind, Import, Module, Reference
from k3ls.text import Edit

RULE = Rule("K116", "renamed-package", Severity.INFORMATION)


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for statement in context.module.imports:
        paths = [statement.module] if statement.module else [one.path for one in statement.names]
        roots = {path.split(".")[0] for path in paths}
        for package in roots & {"keras_core", "keras_nlp"}:
            if context.module.is_own(package):
                continue
            yield _finding(statement, package, renamed_packages()[package], context)


def _finding(statement: Import, package: str, renamed: Renamed, context: Context) -> Finding:
    node = statement.node
    message = f"`{package}` is `{renamed.to}` now. {renamed.note}"
    lost = sorted(
        {
            name
            for reference in context.module.references
            for name in context.module.qualified(reference)
            if _below(name, package) in renamed.lost
        }
    )
    fix: Fix | None = None
    if lost:
        message += f" `{renamed.to}` lacks {', '.join(f'`{name}`' for name in lost)}, used here."
    else:
        edits = _edits(statement, package, renamed.to, context)
        if edits is not None:
            fix = Fix(f"Use `{renamed.to}`", tuple(edits), Applicability.UNSAFE)
    return RULE.finding(node.start_byte, node.end_byte, message, fix)


def _below(name: str, package: str) -> str:
    """The first three parts of a name below the package: `models.BertBackbone`."""
    inside = name.removeprefix(f"{package}.") if name.startswith(f"{package}.") else ""
    return ".".join(inside.split(".")[:2])


def _edits(statement: Import, package: str, new: str, context: Context) -> list[Edit] | None:
    """The edits that change the package's name in an import and its uses, None if they can't be."""
    if statement.module_node is not None:
        start = statement.module_node.start_byte
        return [Edit(start, start + len(package), new)]
    edits: list[Edit] = []
    for name in statement.names:
        if name.path.split(".")[0] != package:
            continue
        start = name.name_node.start_byte
        # `import keras as keras` says no more than `import keras`.
        end = name.node.end_byte if name.alias == new == name.path.replace(package, new) else None
        edits.append(Edit(start, end or start + len(package), new))
        if name.alias is not None:
            continue
        if _is_taken(new, context.module) or context.mentions(package):
            return None
        for reference in _uses(package, context.module):
            root = reference.nodes[0]
            edits.append(Edit(root.start_byte, root.end_byte, new))
    return list(dict.fromkeys(edits))


def _uses(package: str, module: Module) -> list[Reference]:
    """Where the package's name is read."""
    return [
        reference
        for binding, references in module.uses.items()
        if binding.name == package
        for reference in references
    ]


def _is_taken(name: str, module: Module) -> bool:
    """Whether some scope uses the name for anything but the package of this name."""
    return any(
        binding.kind is not BindingKind.IMPORT or binding.target != name
        for item in module.items
        for scope in (module.scope, *item.scopes)
        for binding in scope.bindings.get(name, ())
    )
