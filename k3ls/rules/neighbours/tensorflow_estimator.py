"""Estimators, which TensorFlow removed.

## What it does

Finds names below `tf.estimator`, `tf.compat.v1.estimator` and `tensorflow_estimator`, and says what
does the work in Keras.

## Why

TensorFlow 2.16, the first that brings Keras 3 along, has no estimators:

    AttributeError: module 'tensorflow' has no attribute 'estimator'

## Example

    estimator = tf.estimator.Estimator(model_fn=model_fn)
    estimator.train(input_fn)

can become

    model.compile(optimizer="adam", loss=loss)
    model.fit(dataset)

## Fix safety

There is no fix. Where the name is imported inside `try` or `if`, the finding is a warning.

Since TensorFlow 2.16.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.neighbours.reporting import report
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference

RULE = Rule("K113", "tensorflow-estimator", Severity.ERROR)


@RULE.reference(
    "tensorflow.estimator",
    "tensorflow.compat.v1.estimator",
    "tensorflow.python.estimator",
    "tensorflow_estimator",
)
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    yield from report(RULE, reference, context, "TensorFlow 2.16 and later have no `{name}`")
