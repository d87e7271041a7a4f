"""A model that is built for the shape `()`.

## What it does

Finds `model.build(())`, and leaves it out.

## Why

Keras 2 only marked the model as built. Keras 3 builds its layers, for a number without any axis:

    ValueError: Input 0 of layer "dense" is incompatible with the layer: expected min_ndim=2, found ndim=0. Full shape received: ()

## Example

    self.net = keras.Sequential([keras.layers.Dense(8), keras.layers.Dense(1)])
    self.net.build(input_shape=())

becomes

    self.net = keras.Sequential([keras.layers.Dense(8), keras.layers.Dense(1)])

## Fix safety

Safe: the layers are built when the model is called, as in Keras 2.

Since Keras 3.0.
"""  # noqa: E501 - the error as it is

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import remove_statement
from k3ls.rules.rewriting.rewrite import RefusedError, given_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, defines
from k3ls.syntax import argument_nodes

RULE = Rule("K251", "empty-build", Severity.ERROR)

_PARAMETERS = (("input_shape", None),)


@RULE.attribute("build")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    call = reference.call
    if call is None or reference.names[-1] != "build" or b"()" not in (call.text or b"")[:-1]:
        return
    owner = context.owner(reference, "keras.Model")
    if owner is None or defines(context.module, owner, "build"):
        return
    try:
        shape = given_arguments(call, "build", _PARAMETERS)["input_shape"].value
    except RefusedError:
        return
    if shape.type != "tuple" or argument_nodes(shape):
        return
    fix = None
    if call.parent is not None and call.parent.type == "expression_statement":
        edit = remove_statement(context.source, call.parent)
        fix = Fix("Leave it out", (edit,), Applicability.SAFE)
    message = "Keras 3 builds the layers for numbers without any axis, where Keras 2 did nothing"
    yield RULE.finding(call.start_byte, call.end_byte, message, fix)
