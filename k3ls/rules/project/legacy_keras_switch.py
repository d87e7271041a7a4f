"""The environment variable that turns `tf.keras` into Keras 2.

## What it does

Finds where `TF_USE_LEGACY_KERAS` is switched on: in code (`os.environ`, `os.putenv`, `setenv` of
pytest's `monkeypatch`), in `environment.yml`, and in the environments of tox, pytest-env, Hatch and
pixi; and takes it away. Any value but `1`, `True` and `true` switches nothing and is no finding.

## Why

With it `tf.keras` is the package `tf-keras`, which is Keras 2, whatever Keras is installed. Its
layers and models don't go together with those of `keras`:

    ValueError: Only instances of `keras.Layer` can be added to a Sequential model. Received:
    <tf_keras.src.layers.core.dense.Dense object at 0x7f4c667c1950> (of type <class
    'tf_keras.src.layers.core.dense.Dense'>)

and without `tf-keras` every use of `tf.keras` raises

    ImportError: Keras cannot be imported. Check that it is installed.

## Example

    import os

    os.environ["TF_USE_LEGACY_KERAS"] = "1"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

becomes

    import os

    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

## Fix safety

Unsafe: code that still uses `tf.keras` gets Keras 3 from then on. There is no fix where the
variable is set together with others in one expression.

Since Keras 3.0, with TensorFlow 2.16.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.dependencies import ProjectFile
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import remove_statement
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference
from k3ls.syntax import argument_nodes, string_value
from k3ls.text import Edit

RULE = Rule("K604", "legacy-keras-switch", Severity.WARNING)

_NAME = "TF_USE_LEGACY_KERAS"
_ON = ("1", "true", "True")


@RULE.project_file
def check_file(file: ProjectFile) -> Iterator[Finding]:
    for variable in file.variables:
        if variable.name == _NAME and variable.value in _ON:
            yield _finding(variable.start, variable.end, variable.removal)


@RULE.reference("os.environ")
def check_environ(reference: Reference, context: Context) -> Iterator[Finding]:
    """`os.environ["TF_USE_LEGACY_KERAS"] = "1"` and `os.environ.setdefault(…)`."""
    if reference.names[-1] == "setdefault":
        yield from _call(reference, context)
        return
    subscript = reference.node.parent
    assignment = subscript.parent if subscript is not None else None
    if subscript is None or assignment is None or subscript.type != "subscript":
        return
    key = subscript.child_by_field_name("subscript")
    value = assignment.child_by_field_name("right")
    if assignment.type == "assignment" and assignment.child_by_field_name("left") == subscript:
        yield from _set(assignment, key, value, context)


@RULE.reference("os.putenv")
def check_putenv(reference: Reference, context: Context) -> Iterator[Finding]:
    yield from _call(reference, context)


@RULE.attribute("setenv")
def check_setenv(reference: Reference, context: Context) -> Iterator[Finding]:
    """`monkeypatch.setenv("TF_USE_LEGACY_KERAS", "1")`."""
    yield from _call(reference, context)


def _call(reference: Reference, context: Context) -> Iterator[Finding]:
    arguments = reference.call.child_by_field_name("arguments") if reference.call else None
    given = argument_nodes(arguments) if arguments is not None else []
    if reference.call is not None and len(given) >= 2:
        yield from _set(reference.call, given[0], given[1], context)


def _set(node: Node, key: Node | None, value: Node | None, context: Context) -> Iterator[Finding]:
    """What an expression says that sets the variable `key` to `value`."""
    if key is None or value is None or string_value(key) != _NAME:
        return
    if string_value(value) not in _ON:
        return
    statement = node.parent
    removal = None
    if statement is not None and statement.type == "expression_statement":
        removal = remove_statement(context.source, statement)
    yield _finding(node.start_byte, node.end_byte, removal)


def _finding(start: int, end: int, removal: Edit | None) -> Finding:
    message = f"`{_NAME}` turns `tf.keras` into Keras 2 (`tf-keras`)"
    fix = Fix("Don't set it", (removal,), Applicability.UNSAFE) if removal is not None else None
    return RULE.finding(start, end, message, fix)
