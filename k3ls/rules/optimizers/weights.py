"""`get_weights` and `set_weights` of an optimizer.

## What it does

Finds `get_weights` and `set_weights` of optimizers, and reads and assigns their variables.

## Why

    AttributeError: 'Adam' object has no attribute 'get_weights'

## Example

    weights = optimizer.get_weights()
    optimizer.set_weights(weights)

becomes

    weights = [
        keras.ops.convert_to_numpy(variable)
        for variable in optimizer.variables
        if variable is not optimizer.learning_rate
    ]
    for variable, value in zip(
        [one for one in optimizer.variables if one is not optimizer.learning_rate], weights
    ):
        variable.assign(value)

on one line each. The learning rate is a variable too in Keras 3, and wasn't among the weights.

## Fix safety

Unsafe: the weights are in another order, and weights that Keras 2 saved don't fit. As in Keras 2,
an optimizer has them once it is built. There is no fix for `set_weights` whose value is used.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import RefusedError, repeatable
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, defines
from k3ls.syntax import argument_nodes
from k3ls.text import Edit

RULE = Rule("K247", "optimizer-weights", Severity.ERROR)


@RULE.attribute("get_weights", "set_weights")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    name = reference.names[-1]
    attribute = reference.node.child_by_field_name("attribute")
    if name not in ("get_weights", "set_weights") or attribute is None:
        return
    owner = context.owner(reference, "keras.optimizers.Optimizer")
    if owner is None or defines(context.module, owner, name):
        return
    message = f"optimizers of Keras 3 have no `{name}`: they have `variables`"
    if name == "set_weights":
        message = "`set_weights` of Keras 3's optimizers takes their `variables`, in another order"
    fix = None
    try:
        edits = _read if name == "get_weights" else _assigned
        fix = Fix("Use the variables", tuple(edits(reference, context)), Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _read(reference: Reference, context: Context) -> Iterator[Edit]:
    call = reference.call
    arguments = call.child_by_field_name("arguments") if call is not None else None
    if call is None or arguments is None or argument_nodes(arguments):
        raise RefusedError("it isn't called, or with arguments")
    name = context.name("keras.ops.convert_to_numpy", reference)
    variable = context.free_name("variable", reference.scope)
    source = _variables(reference, variable, context).removeprefix(f"[{variable}")
    source = f"[{name.source}({variable}){source}"
    yield Edit(call.start_byte, call.end_byte, source)
    yield from name.edits


def _assigned(reference: Reference, context: Context) -> Iterator[Edit]:
    call = reference.call
    arguments = call.child_by_field_name("arguments") if call is not None else None
    given = argument_nodes(arguments) if arguments is not None else []
    statement = call.parent if call is not None else None
    if len(given) != 1 or given[0].type in ("keyword_argument", "list_splat"):
        raise RefusedError("its weights aren't one argument")
    if (
        call is None
        or statement is None
        or statement.type != "expression_statement"
        or not alone_on_line(statement, context.source)
    ):
        raise RefusedError("the call isn't a statement of its own")
    variable, value, one = (
        context.free_name(name, reference.scope) for name in ("variable", "value", "one")
    )
    variables = _variables(reference, one, context)
    lines = [
        f"for {variable}, {value} in zip({variables}, {context.written(given[0])}):",
        f"{context.indentation(statement)}{context.indent}{variable}.assign({value})",
    ]
    yield Edit(call.start_byte, call.end_byte, context.source.newline.join(lines))


def _variables(reference: Reference, name: str, context: Context) -> str:
    """A list of the variables without the learning rate, each of them called `name`."""
    if not repeatable(reference.nodes[-2]):
        raise RefusedError("the optimizer would be evaluated twice")
    optimizer = context.written(reference.nodes[-2])
    test = f"{name} is not {optimizer}.learning_rate"
    return f"[{name} for {name} in {optimizer}.variables if {test}]"
