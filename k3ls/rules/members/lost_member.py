"""A method or property that a Keras 3 class hasn't got.

## What it does

Finds methods and properties of layers, models, optimizers and metrics that Keras 3 lost, read or
set, where it is known what the object is; methods of that name in subclasses, which Keras 3 never
calls; and `optimizer.variables()`, which is a property now. Code that is prepared for both, by
`hasattr` or `except AttributeError`, is left alone.

## Why

Using one raises on Keras 3:

    AttributeError: 'Adam' object has no attribute 'lr'
    AttributeError: 'Mean' object has no attribute 'reset_states'
    AttributeError: 'Functional' object has no attribute 'fit_generator'
    TypeError: 'list' object is not callable

Setting one does nothing: after `model.optimizer.lr = 0.01` the learning rate is what it was.
Neither does overriding one: a metric's own `reset_states` isn't called between epochs, and its
values run on.

## Example

    optimizer.lr.assign(0.1)

    class Count(keras.metrics.Metric):
        def reset_states(self):
            self.total.assign(0.0)

becomes

    optimizer.learning_rate.assign(0.1)

    class Count(keras.metrics.Metric):
        def reset_state(self):
            self.total.assign(0.0)

## Fix safety

Safe for renamed methods and properties of optimizers and metrics and for the `*_generator` methods
of models. Unsafe for `input_shape` and `output_shape` of layers, which Keras 3 has on the tensors
of a functional model only, and for the nodes of a layer, which are private now.

Since Keras 3.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.ops import Op, Rewrite
from k3ls.knowledge.symbols import LostMember, lost_members
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.optimizers.slots import is_rewritten
from k3ls.rules.rewriting.rewrite import RefusedError, rewrite
from k3ls.rules.rule import Rule
from k3ls.semantics import (
    BindingKind,
    Kind,
    Reference,
    catches,
    class_kind,
    defines,
    kind_of,
    tests,
)
from k3ls.syntax import argument_nodes, string_value, text
from k3ls.text import Edit

RULE = Rule("K106", "lost-member", Severity.ERROR)

_PROPERTY = re.compile(r"property$|\.(setter|deleter)$")


@RULE.attribute(*lost_members())
def check_use(reference: Reference, context: Context) -> Iterator[Finding]:
    for index, name in enumerate(reference.names[1:], 1):
        if name not in lost_members():
            continue
        owner = kind_of(context.module, reference.nodes[index - 1], reference.scope)
        if owner is None or owner.type != "object" or defines(context.module, owner, name):
            continue
        lost = _lost(owner, name)
        if lost is None or (owner.scope is not None and is_rewritten(owner.scope, context)):
            continue
        attribute = reference.nodes[index].child_by_field_name("attribute")
        required = _required(reference, index, lost, context)
        if attribute is None or required is None:
            continue
        fix = None
        if name == "input_shape" and owner.name == "keras.layers.Layer" and not required:
            fix = _input_shape(reference, index, context)
        elif lost.renamed is not None and (lost.renamed.isidentifier() or not required):
            edits = [Edit(attribute.start_byte, attribute.end_byte, lost.renamed)]
            edits += (
                Edit(node.start_byte, node.end_byte, f'"{lost.renamed}"') for node in required
            )
            fix = Fix(f"Replace with `.{lost.renamed}`", tuple(edits), _applicability(lost))
        elif lost.template is not None and not required and index == len(reference.names) - 1:
            fix = _rewritten(reference, name, lost, context)
        yield RULE.finding(
            attribute.start_byte, attribute.end_byte, _message(name, lost, owner), fix
        )


@RULE.attribute("variables")
def check_property(reference: Reference, context: Context) -> Iterator[Finding]:
    """`optimizer.variables()`."""
    call = reference.call
    if call is None or reference.names[-1] != "variables":
        return
    if context.owner(reference, "keras.optimizers.Optimizer") is None:
        return
    arguments = call.child_by_field_name("arguments")
    if arguments is not None and not argument_nodes(arguments):
        edit = Edit(arguments.start_byte, arguments.end_byte, "")
        fix = Fix("Read the property", (edit,), Applicability.SAFE)
        message = "`variables` of `keras.optimizers.Optimizer` is a property in Keras 3"
        yield RULE.finding(arguments.start_byte, arguments.end_byte, message, fix)


@RULE.module
def check_override(context: Context) -> Iterator[Finding]:
    for item in context.module.items:
        for scope in item.classes:
            kind = class_kind(context.module, scope)
            if not kind.bases:
                continue
            for name, bindings in scope.bindings.items():
                lost = _lost(kind, name) if name in lost_members() else None
                inner = bindings[-1].inner
                if lost is None or bindings[-1].kind is not BindingKind.FUNCTION or not inner:
                    continue
                if any(_PROPERTY.search(text(one)) for one in inner.decorators):
                    # It is read by the name that the class gives it.
                    continue
                node = bindings[-1].node
                message = f"Keras 3 never calls `{name}` of {_owner(lost, kind)}"
                fix = None
                plain = lost.renamed is not None and lost.renamed.isidentifier()
                taken = lost.renamed in scope.bindings or lost.renamed in scope.attributes
                if plain and not taken:
                    edit = Edit(node.start_byte, node.end_byte, str(lost.renamed))
                    fix = Fix(f"Rename it to `{lost.renamed}`", (edit,), _applicability(lost))
                    message += f": it calls `{lost.renamed}`"
                elif not plain:
                    continue
                yield RULE.finding(
                    node.start_byte, node.end_byte, message, fix, severity=Severity.WARNING
                )


def _required(
    reference: Reference, index: int, lost: LostMember, context: Context
) -> list[Node] | None:
    """The names in tests like `hasattr(optimizer, "lr")` that the use depends on; None if the code
    is prepared for an object without the member."""
    owner, node = reference.nodes[index - 1], reference.nodes[index]
    function = reference.scope.function()
    around = function.node if function is not None else context.module.scope.node
    prepared = lost.renamed is None or lost.renamed in re.split(r"\W", text(around))
    required: dict[int, Node] = {}
    for test in tests(context.module, "hasattr").get(text(owner), ()):
        if not test.tells_of(text(owner), reference.scope, node.start_byte):
            continue
        name = string_value(test.argument)
        if name == lost.renamed and not test.outcome:
            return None
        if name == reference.names[index] and test.outcome:
            if prepared and not test.required:
                return None
            required[test.argument.id] = test.argument
    if prepared and catches(node, "AttributeError"):
        return None
    return list(required.values())


def _lost(owner: Kind, name: str) -> LostMember | None:
    for lost in lost_members()[name]:
        if lost.rule is None and owner.is_a(*lost.of) and not owner.may_be(*lost.but):
            return lost
    return None


def _applicability(lost: LostMember) -> Applicability:
    private = lost.renamed is not None and lost.renamed.startswith("_")
    shape = lost.renamed is not None and "." in lost.renamed
    return Applicability.UNSAFE if private or shape else Applicability.SAFE


def _owner(lost: LostMember, kind: Kind) -> str:
    return f"`{next(path for path in lost.of if kind.is_a(path))}`"


def _message(name: str, lost: LostMember, owner: Kind) -> str:
    message = f"{_owner(lost, owner)} of Keras 3 has no `{name}`"
    if lost.renamed is not None:
        return f"{message}: it is `{lost.renamed}`"
    if lost.template is not None:
        return f"{message}: use `{lost.template.partition('(')[0]}`"
    return f"{message}: {lost.note}" if lost.note else message


def _input_shape(reference: Reference, index: int, context: Context) -> Fix | None:
    """The shape of the inputs of a layer that may have none, as an input layer, or several."""
    owner, node = reference.nodes[index - 1], reference.nodes[index]
    try:
        name = context.name("keras.tree.map_structure", reference)
    except NoNameError:
        return None
    source = f"{name.source}(lambda x: x.shape, {context.written(owner)}.input)"
    edit = Edit(node.start_byte, node.end_byte, source)
    return Fix("Take the shape of `.input`", (edit, *name.edits), Applicability.UNSAFE)


def _rewritten(reference: Reference, name: str, lost: LostMember, context: Context) -> Fix | None:
    """The call of a method as its template has it."""
    if reference.call is None or lost.template is None:
        return None
    owner = reference.node.child_by_field_name("object")
    assert owner is not None
    parameters = tuple(one for one in lost.parameters if not one[0].startswith("*"))
    method = lost.template.partition("(")[0]
    form = Rewrite({}, lost.template, {})
    signature = {method: ("x",)}
    row = Op((name,), parameters, False, (form,), "", "", False, signature, {})
    try:
        edits, _ = rewrite(
            reference.call,
            row,
            context.module,
            reference.scope,
            lambda _: f"{text(owner)}.{method}",
        )
    except RefusedError:
        return None
    return Fix(f"Replace with `.{method}`", tuple(edits), Applicability.SAFE)
