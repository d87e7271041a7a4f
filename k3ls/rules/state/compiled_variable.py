"""A variable that no layer owns, in a compiled step.

## What it does

Finds variables that regularizers, constraints, losses and initializers keep and that are changed
somewhere in the module.

## Why

Nothing raises. On JAX a compiled step knows the variables of the model, and takes the value of any
other for a constant: what changes later has no effect on the training. TensorFlow and torch read it
anew in each step.

## Example

    class Decaying(keras.regularizers.Regularizer):
        def __init__(self, strength):
            self.strength = keras.Variable(strength, trainable=False)

        def __call__(self, x):
            return self.strength * keras.ops.sum(keras.ops.square(x))

    regularizer.strength.assign(0.1)

## Fix safety

There is no fix. Keep the variable in a layer or in the model, which hand it to the step; or compile
with `jit_compile=False`.

Since Keras 3.0, on JAX.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, class_kind
from k3ls.syntax import text

RULE = Rule("K515", "compiled-variable", Severity.INFORMATION, backends_only=True)

_OWNERS = tuple(
    f"keras.{name}"
    for name in (
        "regularizers.Regularizer constraints.Constraint losses.Loss initializers.Initializer"
    ).split()
)


@RULE.reference("keras.Variable", "tensorflow.Variable", "keras.backend.variable")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    function = reference.scope.function()
    owner = function.method_class() if function is not None else None
    assignment = reference.call.parent if reference.call is not None else None
    left = assignment.child_by_field_name("left") if assignment is not None else None
    if owner is None or left is None or left.type != "attribute":
        return
    if not class_kind(context.module, owner).is_a(*_OWNERS):
        return
    name = text(left.child_by_field_name("attribute") or left)
    changed = any(
        one.names[-1].startswith("assign") and name in one.names[:-1]
        for one in context.module.references
    )
    if changed:
        yield RULE.finding(
            left.start_byte,
            left.end_byte,
            f"on JAX a compiled step takes `{text(left)}` for a constant: keep it in a layer or"
            " the model",
        )
