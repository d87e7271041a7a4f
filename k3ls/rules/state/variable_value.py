"""Using a variable the way TensorFlow's variables are used.

## What it does

Finds `w.read_value()`, and `w.value()` where `w` is known to be a variable of Keras, and reads the
tensor in a way that every variable has. Finds arguments of `assign`, `assign_add` and `assign_sub`
that Keras's haven't got, and takes them away.

## Why

Weights are variables of Keras 3, in which `value` is a property:

    AttributeError: 'Variable' object has no attribute 'read_value'
    TypeError: 'tensorflow.python.framework.ops.EagerTensor' object is not callable
    TypeError: Variable.assign() got an unexpected keyword argument 'read_value'
    TypeError: Variable.assign_add() got an unexpected keyword argument 'delta'

## Example

    old = self.kernel.read_value()
    self.total.assign_add(delta=1.0, read_value=False)

becomes

    old = keras.ops.convert_to_tensor(self.kernel)
    self.total.assign_add(1.0)

## Fix safety

Safe where it is known that the value is a variable of Keras: the tensor with its value, and the
same assignment. Unsafe for what isn't known, which may be a class of your own.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import RefusedError, list_edits, written_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import Kind, Reference, kind_of, stays_tensorflow
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K502", "variable-value", Severity.ERROR)

# The parameter that a value is assigned by.
_ASSIGNED = {"assign": "value", "assign_add": "delta", "assign_sub": "delta"}
_OPTIONS = frozenset(("read_value", "use_locking", "name"))


@RULE.attribute("read_value", "value")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    call = reference.call
    owner = reference.node.child_by_field_name("object")
    attribute = reference.node.child_by_field_name("attribute")
    if call is None or owner is None or attribute is None:
        return
    arguments = call.child_by_field_name("arguments")
    if arguments is None or argument_nodes(arguments):
        return
    kind = kind_of(context.module, owner, reference.scope)
    if not _is_variable(kind) and (reference.names[-1] == "value" or kind is not None):
        return
    message = f"variables of Keras 3 have no method `{reference.names[-1]}`"
    fix = None
    try:
        convert = context.name("keras.ops.convert_to_tensor", reference)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        edits = (
            Edit(call.start_byte, call.start_byte, f"{convert.source}("),
            Edit(owner.end_byte, call.end_byte, ")"),
            *convert.edits,
        )
        safe = Applicability.SAFE if _is_variable(kind) else Applicability.UNSAFE
        fix = Fix(f"Read it with `{convert.source}`", edits, safe)
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


@RULE.attribute(*_ASSIGNED)
def check_assignment(reference: Reference, context: Context) -> Iterator[Finding]:
    owner = reference.node.child_by_field_name("object")
    arguments = reference.call.child_by_field_name("arguments") if reference.call else None
    if owner is None or arguments is None or arguments.type != "argument_list":
        return
    if stays_tensorflow(context.module, reference.scope) or any(
        name.startswith("tensorflow.") for name in context.module.qualified(reference)
    ):
        return
    method = reference.names[-1]
    given = written_arguments(arguments)
    removed = [one for one in given if one.parameter in _OPTIONS]
    named = [one for one in given if one.parameter == _ASSIGNED[method] != "value"]
    wrong = removed + named
    kind = kind_of(context.module, owner, reference.scope)
    telling = any(one.parameter != "name" for one in wrong)
    if not wrong or not (_is_variable(kind) or (kind is None and telling)):
        return
    message = f"`{method}` of Keras 3 has no argument `{wrong[0].parameter}`"
    fix = None
    try:
        kept = [one for one in given if one not in removed]
        edits = list_edits(arguments, kept, removed, [])
        edits += [Edit(one.node.start_byte, one.node.end_byte, text(one.value)) for one in named]
        safe = Applicability.SAFE if _is_variable(kind) else Applicability.UNSAFE
        fix = Fix("Leave it out", tuple(edits), safe)
    except RefusedError as reason:
        message += f" ({reason})"
    yield RULE.finding(wrong[0].node.start_byte, wrong[0].node.end_byte, message, fix)


def _is_variable(kind: Kind | None) -> bool:
    """Whether a value is a weight, or a variable that Keras makes."""
    if kind is None:
        return False
    return (kind.is_tensor and kind.name is None) or kind.name == "keras.Variable"
