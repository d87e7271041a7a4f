"""Reading a variable the way TensorFlow's variables are read.

## What it does

Finds `w.read_value()`, and `w.value()` where `w` is known to be a weight of a layer, and reads the
tensor in a way that every variable has.

## Why

Weights are variables of Keras 3, in which `value` is a property:

    AttributeError: 'Variable' object has no attribute 'read_value'
    TypeError: 'tensorflow.python.framework.ops.EagerTensor' object is not callable

## Example

    old = self.kernel.read_value()

becomes

    old = keras.ops.convert_to_tensor(self.kernel)

## Fix safety

Safe where it is known that the value is a weight: the tensor with its value. Unsafe for
`read_value` of what isn't known, which may be a class of your own.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, kind_of
from k3ls.syntax import argument_nodes
from k3ls.text import Edit

RULE = Rule("K502", "variable-value", Severity.ERROR)


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
    weight = kind is not None and kind.is_tensor and kind.name is None
    own = kind is not None and kind.type == "object"
    if own or not (weight or (reference.names[-1] == "read_value" and kind is None)):
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
        safe = Applicability.SAFE if weight else Applicability.UNSAFE
        fix = Fix(f"Read it with `{convert.source}`", edits, safe)
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)
