"""An import of TensorFlow that nothing uses.

## What it does

Finds `import tensorflow as tf` and other imports from TensorFlow whose name the module never uses,
and removes them.

## Why

When the last `tf.` of a file is gone, the import still makes it need TensorFlow: on a machine with
JAX or torch alone it raises

    ModuleNotFoundError: No module named 'tensorflow'

## Example

    import keras
    import tensorflow as tf

    layer = keras.layers.Dense(3)

becomes

    import keras

    layer = keras.layers.Dense(3)

## Fix safety

Safe. An import stays, with no finding, in `__init__.py`, inside `try` or `if`, where `__all__` or a
string names it, and on a line with `# noqa`, and while the text has errors. Imports of Keras are
left to `tensorflow-keras-import` (K101).
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import remove_imported
from k3ls.rules.rule import Rule
from k3ls.semantics import Import

RULE = Rule("K104", "unused-tensorflow-import", Severity.WARNING, backends_only=True)


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    if context.is_package_init or context.module.tree.root.has_error:
        # In a text with errors a use may not be seen.
        return
    for statement in context.module.imports:
        if statement.branch is not None or statement.star or _kept(statement, context):
            continue
        unused = [
            name
            for name in statement.names
            if (name.binding.target or "").split(".")[0] == "tensorflow"
            and canonical(name.binding.target or "") is None
            and name.binding not in context.module.uses
            and not context.mentions(name.binding.name)
        ]
        if not unused:
            continue
        edits = remove_imported(context.source, statement, unused)
        names = ", ".join(f"`{name.binding.name}`" for name in unused)
        yield RULE.finding(
            statement.node.start_byte,
            statement.node.end_byte,
            f"{names} of TensorFlow is imported and not used",
            Fix("Remove the import", edits, Applicability.SAFE),
        )


def _kept(statement: Import, context: Context) -> bool:
    """Whether the line says `noqa`."""
    lines = context.source.lines
    last = lines.line_of(statement.node.end_byte)
    return b"noqa" in lines.line_bytes(last) or b"noqa" in lines.line_bytes(
        lines.line_of(statement.node.start_byte)
    )
