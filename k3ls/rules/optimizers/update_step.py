"""An optimizer of the user's own, in the form it had from Keras 2.11 on.

## What it does

Finds classes that derive from an optimizer and override `update_step` with two parameters, keep
their learning rate with `_build_learning_rate`, or ask `_serialize_hyperparameter` in
`get_config`; and gives them the form that Keras 3 calls.

## Why

Keras 3 hands the learning rate to `update_step`, and takes it in `Optimizer.__init__`:

    TypeError: HalfSGD.update_step() takes 3 positional arguments but 4 were given
    TypeError: BaseOptimizer.__init__() missing 1 required positional argument: 'learning_rate'
    ValueError: Argument(s) not recognized: {'jit_compile': True}
    AttributeError: 'Descent' object has no attribute '_serialize_hyperparameter'

## Example

    class Descent(keras.optimizers.Optimizer):
        def __init__(self, learning_rate=0.01, name="Descent", **kwargs):
            super().__init__(name=name, **kwargs)
            self._learning_rate = self._build_learning_rate(learning_rate)

        def update_step(self, gradient, variable):
            variable.assign_sub(gradient * self.learning_rate)

becomes

    class Descent(keras.optimizers.Optimizer):
        def __init__(self, learning_rate=0.01, name="Descent", **kwargs):
            super().__init__(learning_rate=learning_rate, name=name, **kwargs)

        def update_step(self, gradient, variable, learning_rate):
            variable.assign_sub(gradient * self.learning_rate)

## Fix safety

Safe for `update_step`. Unsafe for the learning rate, which has to be a float or a schedule: Keras 3
takes no integer. The base class writes it into `get_config` itself.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.optimizers.classes import (
    OptimizerClass,
    learning_rate_given,
    optimizer_classes,
    parameter_name,
    parameters,
)
from k3ls.rules.rewriting.rewrite import Given, RefusedError, list_edits
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, Scope
from k3ls.syntax import argument_nodes, string_value, text
from k3ls.text import Edit

RULE = Rule("K221", "optimizer-update-step", Severity.ERROR)

_NAME = "learning_rate"


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for cls in optimizer_classes(context):
        if "update_step" in cls.methods:
            yield from _update_step(cls, cls.methods["update_step"])
        for reference, method in cls.own_references:
            name = reference.names[1]
            if reference.call is None or len(reference.names) != 2 or name in cls.methods:
                continue
            if name == "_build_learning_rate":
                yield _learning_rate(reference, reference.call, method, cls)
            elif name == "_serialize_hyperparameter":
                yield from _serialized(reference, reference.call, method, cls)


def _update_step(cls: OptimizerClass, method: Scope) -> Iterator[Finding]:
    given = parameters(method)
    names = [parameter_name(one) for one in given]
    if len(given) != 3 or any(name.startswith("*") for name in names) or method.decorators:
        return
    node = method.node.child_by_field_name("name") or method.node
    message = "Keras 3 calls `update_step(gradient, variable, learning_rate)`"
    fix = None
    if _NAME in method.bindings:
        message += f" (`{_NAME}` is another value here)"
    else:
        edits = [Edit(given[-1].end_byte, given[-1].end_byte, f", {_NAME}")]
        for reference, around in cls.super_references:
            if around is not method or reference.call is None:
                continue
            arguments = reference.call.child_by_field_name("arguments")
            handed = argument_nodes(arguments) if arguments is not None else []
            if reference.names[1] == "update_step" and len(handed) == 2:
                named = handed[-1].type == "keyword_argument"
                more = f", {_NAME}={_NAME}" if named else f", {_NAME}"
                edits.append(Edit(handed[-1].end_byte, handed[-1].end_byte, more))
        fix = Fix(f"Take `{_NAME}`", tuple(edits), Applicability.SAFE)
    yield RULE.finding(node.start_byte, node.end_byte, message, fix)


def _learning_rate(reference: Reference, call: Node, method: Scope, cls: OptimizerClass) -> Finding:
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    message = (
        "optimizers of Keras 3 have no `_build_learning_rate`: give `learning_rate` to"
        " `super().__init__`"
    )
    fix = None
    try:
        if method.name != "__init__" or not cls.is_direct:
            raise RefusedError("its base class isn't `Optimizer`")
        arguments = call.child_by_field_name("arguments")
        given = argument_nodes(arguments) if arguments is not None else []
        assignment = call.parent
        statement = assignment.parent if assignment is not None else None
        if len(given) != 1 or assignment is None or statement is None:
            raise RefusedError("it isn't called with the learning rate alone")
        kept = assignment.child_by_field_name("left")
        if kept is None or text(kept) != f"{reference.names[0]}._learning_rate":
            raise RefusedError("what it gives isn't kept as `_learning_rate`")
        written = f"{_NAME}={cls.context.written(given[0])}"
        edits = learning_rate_given(cls, method, given[0], written, statement)
        fix = Fix("Give the learning rate to `super()`", tuple(edits), Applicability.UNSAFE)
    except RefusedError as reason:
        message += f" ({reason})"
    return RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _serialized(
    reference: Reference, call: Node, method: Scope, cls: OptimizerClass
) -> Iterator[Finding]:
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    arguments = call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    if len(given) != 1 or string_value(given[0]) is not None:
        return
    message = "optimizers of Keras 3 have no `_serialize_hyperparameter`"
    fix = None
    itself = reference.names[0]
    if text(given[0]) in (f"{itself}._learning_rate", f"{itself}.learning_rate"):
        message += ": the `get_config` of `Optimizer` gives the learning rate"
        edits = without_pair(call, method, cls)
        if edits:
            fix = Fix("Leave it to the base class", tuple(edits), Applicability.UNSAFE)
    else:
        message += ": give the value itself"
        value = cls.context.written(given[0])
        edit = Edit(call.start_byte, call.end_byte, value)
        fix = Fix(f"Write `{value}`", (edit,), Applicability.UNSAFE)
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def without_pair(value: Node, method: Scope, cls: OptimizerClass) -> list[Edit]:
    """The edits that take the pair of a value out of a dictionary, where the configuration of the
    base class is around; none where it isn't so."""
    pair = value.parent
    inherits = any(
        around is method and reference.names[1] == "get_config"
        for reference, around in cls.super_references
    )
    if pair is None or pair.type != "pair" or pair.parent is None or not inherits:
        return []
    every = [Given("", node, node, None) for node in argument_nodes(pair.parent)]
    kept = [one for one in every if one.node != pair]
    gone = [one for one in every if one.node == pair]
    try:
        return list_edits(pair.parent, kept, gone, [])
    except RefusedError:
        return []
