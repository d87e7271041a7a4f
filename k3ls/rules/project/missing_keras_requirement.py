"""Keras is used, and only TensorFlow is required.

## What it does

Finds projects whose code uses Keras and that require a TensorFlow with Keras 3, and don't require
Keras; and requires `keras>=3` beside it.

## Why

Keras 3 is a package of its own. Which one is installed with TensorFlow is TensorFlow's choice: any
from 3.0 on with TensorFlow 2.16, and where TensorFlow is older, by a pin somewhere else, Keras 2.
Code that says `import keras` then meets a Keras that it wasn't written for:

    AttributeError: module 'keras' has no attribute 'ops'

And without TensorFlow, on JAX or torch alone:

    ModuleNotFoundError: No module named 'keras'

## Example

    [project]
    dependencies = [
        "numpy",
        "tensorflow>=2.16",
    ]

becomes

    [project]
    dependencies = [
        "numpy",
        "keras>=3",
        "tensorflow>=2.16",
    ]

## Fix safety

Unsafe: it narrows what the project can be installed with. There is no finding where another list of
the file requires Keras, where requirements stand in other files too (`-r base.txt`), for tests,
extras and groups, in files that a program wrote, and where no Python file of the project names
Keras.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.dependencies import ProjectFile
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.project.packages import TENSORFLOW_2_16, TENSORFLOWS
from k3ls.rules.rule import Rule

RULE = Rule("K603", "missing-keras-requirement", Severity.INFORMATION)

_KERAS = {"keras", "keras-core", "keras-nightly", "tf-keras"}


@RULE.project_file
def check(file: ProjectFile) -> Iterator[Finding]:
    if file.generated or not file.complete:
        return
    if any(one.name in _KERAS for one in file.requirements):
        return
    for one in file.requirements:
        # The nightly builds have a nightly Keras of their own.
        known = one.name in TENSORFLOWS and not one.name.startswith("tf-nightly")
        if not (known and one.main and one.applies and one.admits(TENSORFLOW_2_16)):
            continue
        if one.name == "tensorflow-gpu" and not one.conda:
            continue
        if file.others is not None and not file.others.use_keras(file.filename):
            return
        edits = one.with_neighbour("keras", ">=3")
        fix = Fix("Require `keras>=3` too", edits, Applicability.UNSAFE) if edits else None
        message = f"the code uses Keras, and which one is left to `{one.name}`: require `keras>=3`"
        yield RULE.finding(one.start, one.end, message, fix)
        return
