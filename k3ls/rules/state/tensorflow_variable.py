"""A `tf.Variable` in a loss, callback, constraint or the like.

## What it does

Finds `tf.Variable` assigned to attributes of losses, callbacks, constraints, regularizers,
initializers and learning rate schedules, and makes a `keras.Variable` of it.

## Why

On JAX and torch a `tf.Variable` can't be computed with:

    TracerArrayConversionError: The numpy.ndarray conversion method __array__() was called on traced array
    RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.

## Example

    class Weighted(keras.losses.Loss):
        def __init__(self):
            super().__init__()
            self.weight = tf.Variable(1.0, trainable=False)

becomes

    class Weighted(keras.losses.Loss):
        def __init__(self):
            super().__init__()
            self.weight = keras.Variable(1.0, trainable=False)

## Fix safety

Unsafe: what is done with the variable may have to change, as `untracked-variable` (K501) says. JAX
reads the variables that no layer, metric or optimizer has once, when it compiles: in a loss, a
constraint or a regularizer what is assigned to them later has no effect. Let the model or a layer
have them there.

Since Keras 3.0.
"""  # noqa: E501 - the error as it is

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context, Names, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.rules.rule import Rule
from k3ls.rules.state.keras_variable import keras_variable
from k3ls.rules.state.weight import own_attribute
from k3ls.semantics import Reference, class_kind
from k3ls.syntax import text

RULE = Rule("K508", "tensorflow-variable", Severity.INFORMATION, backends_only=True)

# The classes of which JAX compiles something.
_COMPILED = (
    "keras.constraints.Constraint",
    "keras.losses.Loss",
    "keras.optimizers.schedules.LearningRateSchedule",
    "keras.regularizers.Regularizer",
)
_OTHERS = ("keras.callbacks.Callback", "keras.initializers.Initializer")


@RULE.reference("tensorflow.Variable")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    found = own_attribute(reference, context)
    names = set(context.module.qualified(reference))
    if found is None or reference.call is None or names != {"tensorflow.Variable"}:
        return
    attribute, owner = found
    kind = class_kind(context.module, owner)
    if not kind.is_a(*_COMPILED, *_OTHERS):
        return
    message = f"`{text(attribute)}` is a `tf.Variable`, which runs on TensorFlow only"
    if kind.is_a(*_COMPILED):
        message += "; JAX reads it once, when it compiles, even as a `keras.Variable`"
    fix = None
    try:
        written = Names(context, reference)
        edits = keras_variable(reference.call, reference, context, written)
        every = (*edits, *written.imports)
        fix = Fix("Make it a `keras.Variable`", every, Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(reference.node.start_byte, reference.node.end_byte, message, fix)
