"""A NumPy function that is given a tensor.

## What it does

Finds calls of NumPy's functions with tensors, and converts the tensors.

## Why

NumPy asks a tensor for its array. torch refuses where a gradient is needed, and NumPy finds methods
of torch's with other parameters:

    RuntimeError: Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy()
    instead.
    TypeError: mean() got an unexpected keyword argument 'axis'

## Example

    scores = np.array(model(x))
    mean = np.mean(model(x), axis=0)

becomes

    scores = keras.ops.convert_to_numpy(model(x))
    mean = np.mean(keras.ops.convert_to_numpy(model(x)), axis=0)

## Fix safety

Safe: the same array on every backend. There is no finding where it isn't known that the value is
a tensor.

Since Keras 3.0, on torch.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, Scope, kind_of, stays_tensorflow
from k3ls.syntax import argument_nodes
from k3ls.text import Edit, merged

RULE = Rule("K313", "numpy-function", Severity.INFORMATION, backends_only=True)

_CONVERSIONS = ("numpy.array", "numpy.asarray")


@RULE.reference("numpy")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    arguments = (
        reference.call.child_by_field_name("arguments") if reference.call is not None else None
    )
    names = set(context.module.qualified(reference))
    if arguments is None or len(names) != 1 or stays_tensorflow(context.module, reference.scope):
        return
    given = argument_nodes(arguments)
    tensors = [one for one in given if _is_tensor(one, reference.scope, context)]
    if not tensors:
        return
    message = "torch gives NumPy no tensor that needs a gradient"
    fix = None
    try:
        name = context.name("keras.ops.convert_to_numpy", reference)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        message += f": `{name.source}` gives the array on every backend"
        if len(given) == 1 and names <= set(_CONVERSIONS):
            edits = [Edit(reference.node.start_byte, reference.node.end_byte, name.source)]
        else:
            edits = [
                edit
                for one in tensors
                for edit in (
                    Edit(one.start_byte, one.start_byte, f"{name.source}("),
                    Edit(one.end_byte, one.end_byte, ")"),
                )
            ]
        every = (*edits, *merged(dict.fromkeys(name.edits)))
        fix = Fix(f"Convert with `{name.source}`", every, Applicability.SAFE)
    yield RULE.finding(tensors[0].start_byte, tensors[0].end_byte, message, fix)


def _is_tensor(node: Node, scope: Scope, context: Context) -> bool:
    kind = kind_of(context.module, node, scope)
    return kind is not None and kind.type == "tensor"
