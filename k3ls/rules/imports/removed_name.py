"""A Keras name that Keras 3 removed.

## What it does

Finds public names of Keras 2 that `keras` of Keras 3 lacks, and replaces those that have a
counterpart.

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

Safe where the replacement gives the same values: `ThresholdedReLU(theta)` is
`ReLU(threshold=theta)` for every input but `theta` itself. A subclass, and a name that is not
called, get no fix.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.ops import op
from k3ls.knowledge.symbols import canonical, longest_symbol
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K103", "removed-name", Severity.ERROR)

ADVICE = {
    "keras.layers.ThresholdedReLU": "use `keras.layers.ReLU(threshold=theta)`",
    "keras.layers.LocallyConnected1D": "copy the layer into your own code",
    "keras.layers.LocallyConnected2D": "copy the layer into your own code",
    "keras.layers.experimental.RandomFourierFeatures": "copy the layer into your own code",
    "keras.constraints.RadialConstraint": "copy the constraint into your own code",
    "keras.constraints.radial_constraint": "copy the constraint into your own code",
}


@RULE.reference("tensorflow.keras", "tensorflow.compat.v2.keras", "keras")
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
    node = reference.nodes[len(reference.nodes) - 1 - extra]
    qualified = context.module.qualified(reference)[0]
    compatible = found.compatibility and qualified.startswith("tensorflow.")
    message = f"Keras 3 has no `{found.path}`"
    if compatible:
        message += "; only TensorFlow's `tf.keras` keeps it"
    advice = ADVICE.get(found.path)
    if advice:
        message += f": {advice}"
    fix = None
    if found.path == "keras.layers.ThresholdedReLU" and reference.call is not None and not extra:
        fix = _thresholded_relu(reference, reference.call, context)
    yield RULE.finding(
        node.start_byte,
        node.end_byte,
        message,
        fix,
        severity=Severity.WARNING if compatible else Severity.ERROR,
    )


def _thresholded_relu(reference: Reference, call: Node, context: Context) -> Fix | None:
    """`ThresholdedReLU(theta=1.0)` as `ReLU(threshold=1.0)`."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None or arguments.type != "argument_list":
        return None
    try:
        name = context.name("keras.layers.ReLU", reference)
    except NoNameError:
        return None
    node = reference.node
    edits = [Edit(node.start_byte, node.end_byte, name.source), *name.edits]
    given = argument_nodes(arguments)
    if any(one.type in ("list_splat", "dictionary_splat") for one in given):
        return None
    theta = None
    for index, argument in enumerate(given):
        keyword = argument.child_by_field_name("name")
        if argument.type != "keyword_argument":
            if index > 0:
                return None
            theta = Edit(argument.start_byte, argument.start_byte, "threshold=")
        elif keyword is not None and text(keyword) == "theta":
            theta = Edit(keyword.start_byte, keyword.end_byte, "threshold")
    if theta is None:
        start = arguments.start_byte + 1
        theta = Edit(start, start, "threshold=1.0" + (", " if given else ""))
    edits.append(theta)
    return Fix("Replace with `ReLU(threshold=…)`", tuple(edits), Applicability.SAFE)
