"""A feature column.

## What it does

Finds names below `tf.feature_column`, and says which preprocessing layer of Keras does the work.

## Why

TensorFlow still makes feature columns, but what took them is gone: the estimators, and
`keras.layers.DenseFeatures`:

    AttributeError: module 'keras.layers' has no attribute 'DenseFeatures'

## Example

    age = tf.feature_column.bucketized_column(tf.feature_column.numeric_column("age"), [18, 65])

can become

    age = keras.layers.Discretization(bin_boundaries=[18, 65])(inputs["age"])

## Fix safety

There is no fix.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.neighbours.reporting import report
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference

RULE = Rule("K115", "feature-column", Severity.INFORMATION)


@RULE.reference("tensorflow.feature_column", "tensorflow.compat.v1.feature_column")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    trouble = "`{name}` served estimators and `DenseFeatures`, and both are gone"
    yield from report(RULE, reference, context, trouble)
