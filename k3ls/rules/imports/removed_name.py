"""A Keras name that Keras 3 removed.

## What it does

Finds public names of Keras 2 that `keras` of Keras 3 lacks, and replaces those that have a
counterpart; an import of one from `keras` goes once nothing uses it. Of some that have none, as
`LocallyConnected1D`, the fix writes a class of the same values and weights into the file. Names
that Keras 2 had for code of TensorFlow 1 belong to them: those of `tf.compat.v1.keras`, and
`tf.layers`.

## Why

On Keras 3 such a name raises when it is imported or used:

    AttributeError: module 'keras.layers' has no attribute 'ThresholdedReLU'
    ImportError: cannot import name 'ThresholdedReLU' from 'keras.layers'

Some are still in TensorFlow's compatibility namespace `tf.keras`: there the code runs, on
TensorFlow alone, until the import is changed to `keras`.

## Example

    from tensorflow.keras.layers import ThresholdedReLU

    layer = ThresholdedReLU(theta=0.5)

becomes

    from keras.layers import ReLU

    layer = ReLU(threshold=0.5)

## Fix safety

Safe: a name that moved is the same object elsewhere, and `ThresholdedReLU(theta)` is
`ReLU(threshold=theta)` for every input but `theta` itself. A subclass, and a name that is not
called, get no fix. Unsafe for the cuDNN layers, whose saved weights have another layout, and where
a class is written into the file.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tree_sitter import Node

from k3ls.knowledge.ops import op
from k3ls.knowledge.symbols import Symbol, canonical, longest_symbol, symbol
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import remove_imported
from k3ls.rules.rewriting.drop_in import dropped_in
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.rules.rewriting.symbol import rewritten
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K103", "removed-name", Severity.ERROR)


@RULE.reference("tensorflow", "keras")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    names = {canonical(name) for name in context.module.qualified(reference)}
    path = names.pop() if len(names) == 1 else None
    found = longest_symbol(path) if path is not None else None
    if path is None or found is None or found.keras3 or found.kind == "module":
        return
    if op(found.path) is not None or not found.path.startswith("keras"):
        # The op table has it, or `tensorflow-layers` speaks of it.
        return
    extra = path.count(".") - found.path.count(".")
    node = reference.nodes[-1 - extra]
    qualified = context.module.qualified(reference)[0]
    compatible = found.compatibility and qualified.startswith("tensorflow.")
    message = f"Keras 3 has no `{found.path}`"
    if found.compatibility:
        message += "; only TensorFlow's `tf.keras` keeps it"
    if found.moved is not None:
        message += f": it is `{found.moved}` now"
        target = symbol(found.moved)
        if target is not None and target.since is not None:
            message += f", since Keras {target.since}"
    elif found.note:
        message += f": {found.note}"
    fix: Fix | None = None
    value = found.values.get(path.rpartition(".")[2]) if extra == 1 else None
    safe = Applicability.UNSAFE if found.check else Applicability.SAFE
    try:
        if value is not None:
            node = reference.nodes[-1]
            message = f"Keras 3 has no `{path}`: write `{value}`"
            if not context.inside_string(node):
                edit = Edit(node.start_byte, node.end_byte, value)
                fix = Fix(f"Replace with `{value}`", (edit,), Applicability.SAFE)
        elif found.moved is not None:
            fix = context.renaming(node, found.moved, reference, safe)
        elif found.drop_in is not None and not extra and not context.inside_string(node):
            fix = _dropped_in(found, node, reference, context)
        elif found.template is not None and reference.call is not None and not extra:
            fix = replace(rewritten(reference, found, context), applicability=safe)
        if fix is not None and found.check:
            message += f". Check: {found.check}"
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(
        node.start_byte,
        node.end_byte,
        message,
        fix,
        severity=Severity.WARNING if compatible else Severity.ERROR,
    )


@RULE.module
def check_imports(context: Context) -> Iterator[Finding]:
    """Names that are imported from `keras` and not used, or not any more."""
    offered = context.is_package_init or "__all__" in context.module.scope.bindings
    for statement in context.module.imports:
        path = canonical(statement.module) if statement.module.startswith("keras") else None
        if path is None or statement.branch is not None or context.module.tree.root.has_error:
            continue
        unused = [
            name
            for name in statement.names
            if _gone(f"{path}.{name.path}")
            and name.binding not in context.module.uses
            and not context.mentions(name.binding.name)
        ]
        if not unused:
            continue
        edits = remove_imported(context.source, statement, unused)
        names = ", ".join(f"`{path}.{name.path}`" for name in unused)
        fix = Fix("Remove what is not used from the import", edits, Applicability.SAFE)
        yield RULE.finding(
            statement.node.start_byte,
            statement.node.end_byte,
            f"Keras 3 has no {names}: this import fails",
            None if offered else fix,
        )


# The modules of optimizers that Keras 2 had beside those of `keras.optimizers`.
_OTHER_OPTIMIZERS = ("keras.optimizers.legacy", "keras.optimizers.experimental")


@RULE.module
def check_choices(context: Context) -> Iterator[Finding]:
    """Imports of `keras.optimizers.legacy` under a condition, as for a release of TensorFlow."""
    for statement in context.module.imports:
        path = canonical(statement.module) if statement.module else None
        if statement.branch is None or path is None or not statement.names:
            continue
        module = statement.node.child_by_field_name("module_name")
        paths = [symbol(f"{path}.{name.path}") for name in statement.names]
        if module is None:
            continue
        source = text(module).rpartition(".")[0]
        if path in _OTHER_OPTIMIZERS and all(one is not None and one.moved for one in paths):
            edit = Edit(module.start_byte, module.end_byte, source)
            names = ", ".join(f"`{one.path}`" for one in paths if one is not None)
        elif [one is not None and one.path in _OTHER_OPTIMIZERS for one in paths] == [True]:
            name = statement.names[0].binding.name
            alias = "" if name == "optimizers" else f" as {name}"
            last = statement.names[0].node
            written = f"{source} import optimizers{alias}"
            edit = Edit(module.start_byte, last.end_byte, written)
            names = f"`{path}.{statement.names[0].path}`"
        else:
            continue
        yield RULE.finding(
            statement.node.start_byte,
            statement.node.end_byte,
            f"{names} of Keras 3 can't be used: the optimizers are in `keras.optimizers`",
            Fix("Import from `keras.optimizers`", (edit,), Applicability.UNSAFE),
        )


def _dropped_in(found: Symbol, node: Node, reference: Reference, context: Context) -> Fix:
    """The fix that has `node` use a class that it writes into the module."""
    assert found.drop_in is not None
    name = found.path.rpartition(".")[2]
    edits = dropped_in(found.drop_in, name, node, reference.scope, context)
    if text(node) != name:
        edits.append(Edit(node.start_byte, node.end_byte, name))
    return Fix(f"Write the class `{name}` into this file", tuple(edits), Applicability.UNSAFE)


def _gone(path: str) -> bool:
    found = symbol(path)
    return found is not None and not found.keras3
