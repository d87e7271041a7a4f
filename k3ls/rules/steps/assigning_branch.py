"""A branch of `cond` that assigns to variables.

## What it does

Finds `tf.cond` and `keras.ops.cond` in models with steps for all backends, where one of the
functions assigns to variables or applies gradients, and calls `self.cond`, which the base class
of such models has.

## Why

JAX traces both functions, and has no place for what they assign outside:

    UnexpectedTracerError: Encountered an unexpected tracer. A function transformed by JAX had a
    side effect, allowing for a reference to an intermediate value …

## Example

    keras.ops.cond(self.seen % 4 == 0, self.apply_accumulated, lambda: None)

becomes

    self.cond(self.seen % 4 == 0, self.apply_accumulated, lambda: None)

## Fix safety

Unsafe: the same values on TensorFlow and torch, and on JAX as far as the variables belong to the
model, its optimizer or its metrics.

Since Keras 3.0, on JAX.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.rules.steps.models import self_name
from k3ls.semantics import Reference, Scope
from k3ls.syntax import argument_nodes, nodes_of, text
from k3ls.text import Edit

RULE = Rule("K407", "assigning-branch", Severity.INFORMATION, backends_only=True)

_CHANGES = frozenset(
    "assign assign_add assign_sub apply apply_gradients update_state reset_state".split()
)


@RULE.reference("keras.ops.cond")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    method = reference.scope.function()
    cls = method.method_class() if method is not None else None
    call = reference.call
    if method is None or cls is None or call is None:
        return
    superclasses = cls.node.child_by_field_name("superclasses")
    arguments = call.child_by_field_name("arguments")
    if superclasses is None or "PortableSteps" not in text(superclasses) or arguments is None:
        return
    if cls.name == "PortableSteps" or not any(
        _assigns(one, method, cls) for one in argument_nodes(arguments)
    ):
        return
    node = reference.node
    edit = Edit(node.start_byte, node.end_byte, f"{self_name(method)}.cond")
    fix = Fix("Hand the state of the model to the branches", (edit,), Applicability.UNSAFE)
    message = "JAX loses what a branch of `cond` assigns to the model's variables"
    yield RULE.finding(node.start_byte, node.end_byte, message, fix)


def _assigns(argument: Node, method: Scope, cls: Scope) -> bool:
    """Whether the function that an argument is assigns to variables."""
    if argument.type == "keyword_argument":
        argument = argument.child_by_field_name("value") or argument
    body: Node | None = argument
    if argument.type == "attribute" and text(argument.named_children[0]) == self_name(method):
        bound = cls.bindings.get(text(argument.named_children[-1]), ())
        body = bound[-1].inner.node if bound and bound[-1].inner is not None else None
    elif argument.type == "identifier":
        found = method.reaching(text(argument), argument.start_byte)
        body = found[-1].inner.node if found and found[-1].inner is not None else None
    elif argument.type != "lambda":
        return False
    called = nodes_of(body, "call") if body is not None else ()
    functions = [one.child_by_field_name("function") for one in called]
    return any(
        one is not None and one.type == "attribute" and text(one.named_children[-1]) in _CHANGES
        for one in functions
    )
