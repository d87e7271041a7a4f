"""Gradients that a step takes the scale of the loss out of.

## What it does

Finds `get_unscaled_gradients` of an optimizer, and hands the gradients on as they are.

## Why

The optimizer that scales the loss of mixed precision unscales the gradients itself:

    AttributeError: 'LossScaleOptimizer' object has no attribute 'get_unscaled_gradients'

## Example

    gradients = tape.gradient(self.optimizer.get_scaled_loss(loss), variables)
    gradients = self.optimizer.get_unscaled_gradients(gradients)
    self.optimizer.apply_gradients(zip(gradients, variables))

becomes

    gradients = tape.gradient(self.optimizer.scale_loss(loss), variables)
    self.optimizer.apply_gradients(zip(gradients, variables))

## Fix safety

Unsafe: the same update, but what is done with the gradients in between, as clipping them, is now
done with scaled ones.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line, remove_statement
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K404", "unscaled-gradients", Severity.ERROR)


@RULE.attribute("get_unscaled_gradients")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    call = reference.call
    if reference.names[-1] != "get_unscaled_gradients":
        return
    optimizers = ("keras.mixed_precision.LossScaleOptimizer", "keras.optimizers.Optimizer")
    if context.owner(reference, *optimizers) is None:
        return
    arguments = call.child_by_field_name("arguments") if call is not None else None
    given = argument_nodes(arguments) if arguments is not None else []
    fix = None
    if (
        call is not None
        and len(given) == 1
        and given[0].type not in ("keyword_argument", "list_splat")
    ):
        edit = Edit(call.start_byte, call.end_byte, context.written(given[0]))
        assignment, gradients = call.parent, text(given[0])
        statement = assignment.parent if assignment is not None else None
        if assignment is not None and statement is not None and assignment.type == "assignment":
            same = text(assignment.named_children[0]) == gradients
            if same and alone_on_line(statement, context.source) and "#" not in text(statement):
                edit = remove_statement(context.source, statement)
        fix = Fix("Hand the gradients on", (edit,), Applicability.UNSAFE)
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    message = "optimizers of Keras 3 have no `get_unscaled_gradients`: they unscale by themselves"
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)
