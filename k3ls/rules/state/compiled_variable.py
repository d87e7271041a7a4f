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

and, where the model is compiled in the module,

    model.compile("sgd", "mse")

becomes

    model.compile("sgd", "mse", jit_compile=False)

## Fix safety

Unsafe: JAX reads the variable anew in each step, but runs the step uncompiled, which is slower. To
keep the step compiled, keep the variable in a layer or in the model, which hand it to the step.

Since Keras 3.0, on JAX.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import list_edits, written_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, class_kind
from k3ls.syntax import text
from k3ls.text import Edit

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
    if not changed:
        return
    compiling = list(_compiling(context))
    if compiling and not any(compiling):
        return
    fix = None
    if compiling:
        edits = tuple(edit for edits in compiling for edit in edits)
        fix = Fix("Compile without `jit_compile`", edits, Applicability.UNSAFE)
    yield RULE.finding(
        left.start_byte,
        left.end_byte,
        f"on JAX a compiled step takes `{text(left)}` for a constant: keep it in a layer or the"
        " model",
        fix,
    )


def _compiling(context: Context) -> Iterator[list[Edit]]:
    """For each model that is compiled, the edits that have JAX run its steps as they are."""
    for reference in context.module.references:
        call = reference.call
        arguments = call.child_by_field_name("arguments") if call is not None else None
        if reference.names[-1] != "compile" or arguments is None:
            continue
        if context.owner(reference, "keras.Model") is None:
            continue
        given = written_arguments(arguments)
        uncompiled = {"jit_compile=False", "run_eagerly=True"}
        if uncompiled & {text(one.node) for one in given}:
            yield []
        else:
            compiled = [one for one in given if one.parameter == "jit_compile"]
            kept = [one for one in given if one not in compiled]
            yield list_edits(arguments, kept, compiled, ["jit_compile=False"])
