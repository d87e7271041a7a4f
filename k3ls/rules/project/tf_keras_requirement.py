"""A requirement of `tf-keras`, which is Keras 2.

## What it does

Finds `tf-keras` among the requirements of a project and requires `keras>=3` instead.

## Why

`tf-keras` is Keras 2, kept beside Keras 3 under another name. It gets no new features, and works
with the one TensorFlow release that it was made for: `tf-keras` 2.21 requires
`tensorflow<2.22,>=2.21`, and so keeps TensorFlow from being updated alone. Its layers don't work in
a model of Keras 3:

    ValueError: Only instances of `keras.Layer` can be added to a Sequential model. Received:
    <tf_keras.src.layers.core.dense.Dense object at 0x7f4c667c1950> (of type <class
    'tf_keras.src.layers.core.dense.Dense'>)

## Example

    tensorflow>=2.16
    tf-keras>=2.16

becomes

    tensorflow>=2.16
    keras>=3

## Fix safety

Unsafe: no other package may need `tf-keras` (TensorFlow Hub, TensorFlow Probability and
transformers' TensorFlow models do), and the code must not import it any more. There is no fix where
the same list requires `keras` too.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.dependencies import ProjectFile
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.project.packages import KERAS_3
from k3ls.rules.rule import Rule

RULE = Rule("K602", "tf-keras-requirement", Severity.WARNING)


@RULE.project_file
def check(file: ProjectFile) -> Iterator[Finding]:
    for one in file.requirements:
        if one.name != "tf-keras" or not one.applies:
            continue
        fix = None
        edits = one.raised(KERAS_3, "keras")
        if edits and not file.generated and not file.requires(one.section, "keras"):
            fix = Fix("Require `keras>=3`", edits, Applicability.UNSAFE)
        message = "`tf-keras` is Keras 2 under another name; Keras 3 is `keras`"
        yield RULE.finding(one.start, one.end, message, fix)
