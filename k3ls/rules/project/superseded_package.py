"""A required package that works with Keras 2 only.

## What it does

Finds requirements of packages that don't work with Keras 3 in any release, or in none that the
requirement admits, and says what has taken their place.

## Why

They reach into Keras 2, and on Keras 3 they fail when they are imported or first used.

`tensorflow-addons`, whose development has ended; Keras 3 has much of it:

    ModuleNotFoundError: No module named 'keras.src.engine'

`tensorflow-estimator`, which TensorFlow requires up to 2.15 only; `keras.Model` takes its place:

    ImportError: cannot import name 'estimator_training' from 'tensorflow.python.distribute'

`keras-core`, which went into Keras 3; `keras>=3` is the same code:

    ValueError: Only instances of `keras.Layer` can be added to a Sequential model.

`keras-nlp` before 0.6.3; `keras-hub` takes its place:

    ModuleNotFoundError: No module named 'tensorflow.keras.dtensor'

`keras-cv` before 0.8; that release works, and `keras-hub` takes its place:

    AttributeError: module 'tensorflow.keras' has no attribute '__internal__'

`scikeras` before 0.13:

    ValueError: Could not interpret metric identifier: loss

## Example

    tensorflow-addons>=0.18
    keras-nlp==0.5.2

## Fix safety

There is no fix: the code that uses the package has to change with it.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from packaging.version import Version

from k3ls.dependencies import ProjectFile
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.rule import Rule

RULE = Rule("K605", "superseded-package", Severity.WARNING)

# The first release that works with Keras 3, None if none does, and what to do.
_PACKAGES: dict[str, tuple[Version | None, str]] = {
    "keras-core": (None, "it went into Keras 3, which is `keras>=3`"),
    "keras-cv": (Version("0.8"), "0.8 is the first that does, and `keras-hub` has taken its place"),
    "keras-nlp": (Version("0.6.3"), "`keras-hub` has taken its place"),
    "scikeras": (Version("0.13"), "0.13 is the first that does"),
    "tensorflow-addons": (None, "its development has ended, and Keras 3 has much of it"),
    "tensorflow-estimator": (None, "TensorFlow requires it up to 2.15 only"),
}


@RULE.project_file
def check(file: ProjectFile) -> Iterator[Finding]:
    for one in file.requirements:
        first, advice = _PACKAGES.get(one.name, (None, ""))
        if not advice or not one.applies or (first is not None and one.admits(first) is not False):
            continue
        message = f"`{one.written if first else one.name}` doesn't work with Keras 3: {advice}"
        yield RULE.finding(one.start, one.end, message)
