"""A Keras name reached through TensorFlow, `tf.keras.…`.

## What it does

Finds `tf.keras.layers.Dense` and other names below `tf.keras`, and writes `keras.layers.Dense`,
importing `keras` where the file hasn't got it. `keras = tf.keras` becomes that import.
`tf.optimizers`, `tf.losses`, `tf.metrics` and `tf.initializers` are other names of parts of
`tf.keras`. Annotations in quotes and type comments are code too.

## Why

`tf.keras` with Keras 3 installed gives the same objects, but only where TensorFlow is installed and
chosen as the backend; code that says `keras` runs on JAX and torch as well.

## Example

    import tensorflow as tf

    layer = tf.keras.layers.Dense(3)

becomes

    import keras
    import tensorflow as tf

    layer = keras.layers.Dense(3)

## Fix safety

Safe: both spellings give the same object. Names that `keras` of Keras 3 lacks are left as they
are; `removed-name` (K103) speaks of them.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical, longest_symbol
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.tensorflow_keras_import import missing_names
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K102", "tensorflow-keras-reference", Severity.WARNING, backends_only=True)


@RULE.reference(
    "tensorflow.keras",
    "tensorflow.compat.v2.keras",
    "tensorflow.compat.v1.keras",
    "tensorflow.initializers",
    "tensorflow.losses",
    "tensorflow.metrics",
    "tensorflow.optimizers",
    "tensorflow.compat.v2.initializers",
    "tensorflow.compat.v2.losses",
    "tensorflow.compat.v2.metrics",
    "tensorflow.compat.v2.optimizers",
)
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    if len(set(context.module.qualified(reference))) != 1:
        return
    root = context.module.root_names(reference)[0]
    if canonical(root) is not None:
        # Imported from `tensorflow.keras`: the import is reported.
        return
    qualified = context.module.qualified(reference)[0]
    path = canonical(qualified)
    if path is None:
        return
    found = longest_symbol(path)
    if found is None or not found.keras3:
        return
    # The part of the chain that is the public name.
    extra = path.count(".") - found.path.count(".")
    node = reference.nodes[-1 - extra]
    old = qualified[: len(qualified) - len(path) + len(found.path)].replace("tensorflow.", "tf.", 1)
    message = f"`{old}` ties the code to TensorFlow; Keras 3 is `{found.path}`"
    fix = None
    if found.kind != "module" or not _used_through_alias(reference, found.path, context):
        try:
            fix = _as_import(node) or context.renaming(
                node, found.path, reference, Applicability.SAFE
            )
        except NoNameError as reason:
            message += f" ({reason})"
    yield RULE.finding(node.start_byte, node.end_byte, message, fix)


def _as_import(node: Node) -> Fix | None:
    """The fix of `keras = tf.keras`, which imports Keras under its own name."""
    assignment = node.parent
    left = assignment.child_by_field_name("left") if assignment is not None else None
    if assignment is None or assignment.type != "assignment" or left is None:
        return None
    statement = assignment.parent
    if text(left) != "keras" or statement is None or statement.type != "expression_statement":
        return None
    edit = Edit(assignment.start_byte, assignment.end_byte, "import keras")
    return Fix("Replace with `import keras`", (edit,), Applicability.SAFE)


def _used_through_alias(reference: Reference, path: str, context: Context) -> bool:
    """Whether a name that Keras 3 lacks is taken from the module under another name."""
    origin = context.origin(reference)
    missing = missing_names(context).get(origin, []) if origin is not None else []
    return any(alias and used.startswith(f"{path}.") for used, alias in missing)
