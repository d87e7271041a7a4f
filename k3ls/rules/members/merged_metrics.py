"""`merge_state` of a metric.

## What it does

Finds `metric.merge_state(metrics)`, and adds up the variables of the metrics.

## Why

    AttributeError: 'Accuracy' object has no attribute 'merge_state'

## Example

    total.merge_state([first, second])

becomes

    for metric in [first, second]:
        for variable, other in zip(total.variables, metric.variables):
            variable.assign(variable + other)

## Fix safety

Unsafe: a metric of the user's own may merge otherwise. There is no fix for a call whose value is
used.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import RefusedError, repeatable
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference
from k3ls.syntax import argument_nodes
from k3ls.text import Edit

RULE = Rule("K246", "merged-metrics", Severity.ERROR)


@RULE.attribute("merge_state")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    attribute = reference.node.child_by_field_name("attribute")
    if reference.names[-1] != "merge_state" or attribute is None:
        return
    if context.owner(reference, "keras.metrics.Metric") is None:
        return
    message = "metrics of Keras 3 have no `merge_state`: add up their variables"
    fix = None
    try:
        fix = Fix("Add up the variables", (_edit(reference, context),), Applicability.UNSAFE)
    except RefusedError as reason:
        message += f" ({reason})"
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _edit(reference: Reference, context: Context) -> Edit:
    call = reference.call
    arguments = call.child_by_field_name("arguments") if call is not None else None
    given = argument_nodes(arguments) if arguments is not None else []
    statement = call.parent if call is not None else None
    metric = reference.nodes[-2]
    if len(given) != 1 or given[0].type in ("keyword_argument", "list_splat"):
        raise RefusedError("its metrics aren't one argument")
    if (
        call is None
        or statement is None
        or statement.type != "expression_statement"
        or not alone_on_line(statement, context.source)
        or not repeatable(metric)
    ):
        raise RefusedError("the call isn't a statement of its own")
    each, variable, other = (
        context.free_name(name, reference.scope) for name in ("metric", "variable", "other")
    )
    variables = f"{context.written(metric)}.variables, {each}.variables"
    outer = context.indentation(statement)
    lines = [
        f"for {each} in {context.written(given[0])}:",
        f"{outer}{context.indent}for {variable}, {other} in zip({variables}):",
        f"{outer}{context.indent * 2}{variable}.assign({variable} + {other})",
    ]
    return Edit(call.start_byte, call.end_byte, context.source.newline.join(lines))
