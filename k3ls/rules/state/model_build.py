"""`build` of a subclassed model.

## What it does

Finds `model.build(shape)` of a model with a `call` of its own, and calls the model with a symbolic
input of that shape instead.

## Why

In Keras 2 `build` runs `call`, and the model has its weights. In Keras 3 it makes none and marks
the model as built:

    UserWarning: `build()` was called on layer 'my_model', however the layer does not have a
    `build()` method implemented and it looks like it has unbuilt state.

`count_params()` is 0, `trainable_weights` is empty, `set_weights` expects no weights, and
`load_weights` gives nothing to load: the model keeps its random weights, and nothing is said.

## Example

    model = MyModel()
    model.build((None, 32))
    model.load_weights("my.weights.h5")

becomes

    model = MyModel()
    model(keras.Input(batch_shape=(None, 32)))
    model.load_weights("my.weights.h5")

## Fix safety

Unsafe: the same weights are made. The input is a floating one, as in Keras 2. There is no fix where
it isn't known whether the argument is one shape or several.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, Names, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, given_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, defines, kind_of
from k3ls.syntax import argument_nodes, text, unparenthesized
from k3ls.text import Edit, merged

RULE = Rule("K511", "model-build", Severity.WARNING)

_DIMENSIONS = frozenset(("none", "integer"))
_UNKNOWN = "it isn't known whether it is given one shape"


@RULE.attribute("build")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    call = reference.call
    owner = context.owner(reference, "keras.Model")
    model = reference.node.child_by_field_name("object")
    if call is None or owner is None or model is None or model.type == "call":
        return
    if not defines(context.module, owner, "call") or owner.may_be("keras.Sequential"):
        return
    message = "`build` of Keras 3 makes no weights for a model with its own `call`: call the model"
    fix = None
    try:
        names = Names(context, reference)
        edits = _edits(call, model, reference, context, names)
        title = "Call it with a symbolic input"
        every = (*merged(edits), *names.imports)
        fix = Fix(title, every, Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" with `keras.Input(batch_shape=…)` ({reason})"
    yield RULE.finding(call.start_byte, call.end_byte, message, fix)


def _edits(
    call: Node, model: Node, reference: Reference, context: Context, names: Names
) -> Iterator[Edit]:
    given = given_arguments(call, "build", (("input_shape", None),))["input_shape"]
    symbolic = names("keras.Input")
    yield Edit(model.end_byte, reference.node.end_byte, "")
    if given.keyword is not None:
        yield Edit(given.node.start_byte, given.value.start_byte, "")
    for one in _shapes(unparenthesized(given.value), reference, context):
        yield Edit(one.start_byte, one.start_byte, f"{symbolic}(batch_shape=")
        yield Edit(one.end_byte, one.end_byte, ")")


def _shapes(given: Node, reference: Reference, context: Context) -> Iterator[Node]:
    """The single shapes in what `build` is given.

    Raises:
        RefusedError: the code doesn't tell.
    """
    if _is_shape(given, reference, context):
        yield given
    elif given.type in ("list", "tuple", "dictionary") and argument_nodes(given):
        for part in argument_nodes(given):
            one = part.child_by_field_name("value") if part.type == "pair" else part
            if one is None or not _is_shape(one, reference, context):
                raise RefusedError(_UNKNOWN)
            yield one
    else:
        raise RefusedError(_UNKNOWN)


def _is_shape(node: Node, reference: Reference, context: Context) -> bool:
    """Whether an expression is known to be one shape."""
    if node.type in ("list", "tuple"):
        return any(one.type in _DIMENSIONS for one in argument_nodes(node))
    if node.type == "attribute":
        return text(node).endswith(".shape")
    kind = kind_of(context.module, node, reference.scope)
    dimensions = kind.items if kind is not None and kind.type == "items" else ()
    return any(one is not None and one.type == "literal" for one in dimensions)
