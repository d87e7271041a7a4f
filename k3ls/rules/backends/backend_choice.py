"""The choice of the backend: `KERAS_BACKEND` and `keras.backend.backend()`.

## What it does

Finds `os.environ["KERAS_BACKEND"]` that is set behind an import of Keras, or to a backend that
Keras 3 hasn't got, and comparisons of `keras.backend.backend()` with the names of such.

## Why

Keras reads the variable when it is imported; what is set afterwards has no effect. Theano, CNTK and
others are gone:

    ValueError: Unable to import backend : theano

## Example

    import os

    import keras

    os.environ["KERAS_BACKEND"] = "jax"

becomes

    import os

    os.environ["KERAS_BACKEND"] = "jax"
    import keras

## Fix safety

Unsafe: the variable takes effect, and did not before. There is no fix where `os` isn't imported
before Keras, and none for comparisons, which are only told.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rule import Rule
from k3ls.semantics import Import, Reference
from k3ls.syntax import argument_nodes, string_value, text
from k3ls.text import Edit

RULE = Rule("K229", "backend-choice", Severity.WARNING)

_VARIABLE = "KERAS_BACKEND"
_GONE = frozenset(("theano", "cntk", "mxnet", "plaidml", "plaidml.keras.backend", "amalgamation"))


@RULE.module
def check_variable(context: Context) -> Iterator[Finding]:
    module = context.module
    loaded = [one for one in module.imports if one.scope is module.scope and _loads_keras(one)]
    for item in module.items:
        for target, value, scope in item.items_set:
            owner = target.child_by_field_name("value")
            index = target.child_by_field_name("subscript")
            if owner is None or index is None or string_value(index) != _VARIABLE:
                continue
            if "os.environ" not in module.names_of(owner, scope):
                continue
            backend = string_value(value) if value is not None else None
            if value is not None and backend in _GONE:
                message = f"Keras 3 has no backend `{backend}`: take `tensorflow`, `jax` or `torch`"
                edit = Edit(value.start_byte, value.end_byte, '"tensorflow"')
                fix = Fix("Take TensorFlow", (edit,), Applicability.UNSAFE)
                yield RULE.finding(
                    value.start_byte, value.end_byte, message, fix, severity=Severity.ERROR
                )
            before = [one for one in loaded if one.node.end_byte <= target.start_byte]
            if before and scope is module.scope:
                message = f"Keras has read `{_VARIABLE}` when it was imported: set it before"
                move = _moved(target, before[0], context)
                yield RULE.finding(target.start_byte, target.end_byte, message, move)


def _loads_keras(statement: Import) -> bool:
    """Whether an import runs in any case and loads Keras; TensorFlow alone doesn't."""
    if statement.branch is not None:
        return False
    modules = [statement.module] if statement.module else []
    modules += [name.binding.target or "" for name in statement.names]
    return any(
        f"{module}.".startswith(("keras.", "tensorflow.keras.", "tf_keras.")) for module in modules
    )


def _moved(target: Node, statement: Import, context: Context) -> Fix | None:
    """The fix that sets the variable in front of the import, where `os` is known there."""
    assignment = target.parent
    node = assignment.parent if assignment is not None else None
    if node is None or node.parent is None or node.parent.type != "module":
        return None
    root = text(target).partition(".")[0]
    known = context.module.scope.reaching(root, statement.node.start_byte)
    if not known or any(one.offset > statement.node.start_byte for one in known):
        return None
    if not alone_on_line(node, context.source) or not alone_on_line(statement.node, context.source):
        return None
    start = statement.node.start_byte
    lines = context.source.lines
    last = lines.line_of(node.end_byte)
    # A comment behind it goes with it.
    end = lines.starts[last] + len(lines.line_bytes(last))
    line = context.source.data[node.start_byte : end].decode().rstrip("\r\n")
    after = lines.starts[last + 1] if last + 1 < len(lines.starts) else end
    edits = (
        Edit(start, start, line + context.source.newline),
        Edit(node.start_byte, after, ""),
    )
    return Fix("Set it before the import", edits, Applicability.UNSAFE)


@RULE.reference("keras", "tensorflow")
def check_comparison(reference: Reference, context: Context) -> Iterator[Finding]:
    call = reference.call
    comparison = call.parent if call is not None else None
    if reference.names[-1] != "backend" or comparison is None:
        return
    if comparison.type != "comparison_operator":
        return
    paths = {canonical(name) for name in context.module.qualified(reference)}
    if len(paths) != 1 or not paths <= {"keras.backend.backend", "keras.config.backend"}:
        return
    sides = [one for one in argument_nodes(comparison) if one != call]
    named = [string_value(one) for side in sides for one in _names(side)]
    if named and all(name in _GONE for name in named):
        operators = "".join(map(text, comparison.children_by_field_name("operators")))
        never = "always" if "!" in operators or "not" in operators else "never"
        message = f"Keras 3 has no backend `{named[0]}`: this is {never} so"
        yield RULE.finding(
            comparison.start_byte, comparison.end_byte, message, severity=Severity.INFORMATION
        )


def _names(side: Node) -> list[Node]:
    return argument_nodes(side) if side.type in ("tuple", "list", "set") else [side]
