"""A Keras name that Keras 3 removed.

## What it does

Finds public names of Keras 2 that `keras` of Keras 3 lacks, and replaces those that have a
counterpart; an import of one from `keras` goes once nothing uses it. Names that Keras 2 had for
code of TensorFlow 1 belong to them: those of `tf.compat.v1.keras`, and `tf.layers`.

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
called, get no fix. Unsafe for the cuDNN layers, whose saved weights have another layout.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.knowledge.ops import Op, Rewrite, op
from k3ls.knowledge.symbols import Symbol, canonical, longest_symbol, symbol
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import remove_import, remove_names
from k3ls.rules.rewriting.rewrite import RefusedError, rewrite
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference

RULE = Rule("K103", "removed-name", Severity.ERROR)


@RULE.reference("tensorflow", "keras")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    names = {canonical(name) for name in context.module.qualified(reference)}
    path = names.pop() if len(names) == 1 else None
    found = longest_symbol(path) if path is not None else None
    if path is None or found is None or found.keras3 or found.kind == "module":
        return
    if op(found.path) is not None:
        # The op table has it.
        return
    extra = path.count(".") - found.path.count(".")
    node = reference.nodes[-1 - extra]
    qualified = context.module.qualified(reference)[0]
    compatible = found.compatibility and qualified.startswith("tensorflow.")
    message = f"Keras 3 has no `{found.path}`"
    if compatible:
        message += "; only TensorFlow's `tf.keras` keeps it"
    if found.moved is not None:
        message += f": it is `{found.moved}` now"
        target = symbol(found.moved)
        if target is not None and target.since is not None:
            message += f", since Keras {target.since}"
    elif found.note:
        message += f": {found.note}"
    fix: Fix | None = None
    safe = Applicability.UNSAFE if found.check else Applicability.SAFE
    try:
        if found.moved is not None:
            fix = context.renaming(node, found.moved, reference, safe)
        elif found.template is not None and reference.call is not None and not extra:
            fix = _rewritten(reference, found, safe, context)
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
def check_unused(context: Context) -> Iterator[Finding]:
    """`from keras.layers import ThresholdedReLU`, once no use is left; `tensorflow.keras` still has
    some names, and its imports are moved as a whole."""
    if context.is_package_init or context.module.tree.root.has_error:
        return
    for statement in context.module.imports:
        if statement.module.split(".")[0] != "keras" or statement.branch is not None:
            continue
        gone = [
            name
            for name in statement.names
            if name.binding not in context.module.uses
            and not context.mentions(name.binding.name)
            and _removed(f"{statement.module}.{name.path}")
        ]
        if not gone:
            continue
        edits = (
            (remove_import(context.source, statement),)
            if len(gone) == len(statement.names)
            else tuple(remove_names(context.source, statement, gone))
        )
        names = ", ".join(f"`{statement.module}.{name.path}`" for name in gone)
        yield RULE.finding(
            statement.node.start_byte,
            statement.node.end_byte,
            f"Keras 3 has no {names}, imported here and not used",
            Fix("Remove the import", edits, Applicability.SAFE),
        )


def _removed(path: str) -> bool:
    found = symbol(path)
    return found is not None and not found.keras3 and found.kind != "module"


def _rewritten(
    reference: Reference, found: Symbol, applicability: Applicability, context: Context
) -> Fix:
    """The call as the name's template has it."""
    assert reference.call is not None
    assert found.template is not None
    parameters = [one for one in found.parameters or () if not one[0].startswith("*")]
    variadic = len(parameters) < len(found.parameters or ())
    form = Rewrite({}, found.template, {})
    row = Op((found.path,), tuple(parameters), variadic, (form,), "", "", False, {}, {})
    names = [context.name(form.target, reference)]
    edits, _ = rewrite(
        reference.call, row, context.module, reference.scope, lambda path: names[0].source
    )
    return Fix(f"Replace with `{names[0].source}`", (*edits, *names[0].edits), applicability)
