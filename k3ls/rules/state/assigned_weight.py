"""A trainable weight that `call` assigns to.

## What it does

Finds assignments to trainable weights in `call` of layers, and in what it calls: power iteration
that divides a kernel, weights that are clipped or averaged.

## Why

Nothing raises. On JAX a training step takes the new values of weights that aren't trainable from
`call`, and those of trainable ones from the optimizer: what `call` assigned to them is lost, and
gradients go through it.

## Example

    class Normalized(keras.layers.Wrapper):
        def call(self, inputs):
            self.layer.kernel.assign(self.layer.kernel / keras.ops.norm(self.layer.kernel))
            return self.layer(inputs)

is, as a constraint, the same on every backend but for the first step

    keras.layers.Dense(2, kernel_constraint=lambda kernel: kernel / keras.ops.norm(kernel))

## Fix safety

There is no fix.

Since Keras 3.0, on JAX.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, Scope, functions_of_call, local_classes
from k3ls.syntax import argument_nodes, text

RULE = Rule("K516", "assigned-weight", Severity.INFORMATION, backends_only=True)

_ASSIGN = ("assign", "assign_add", "assign_sub")
# What layers of Keras call their trainable weights.
_WEIGHTS = frozenset(
    "kernel bias embeddings depthwise_kernel pointwise_kernel recurrent_kernel gamma beta".split()
)


@RULE.attribute(*_ASSIGN)
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    if reference.names[-1] not in _ASSIGN or reference.call is None:
        return
    function = reference.scope.function()
    if not any(one is function for one in functions_of_call(context.module)):
        return
    cls = function.method_class() if function is not None else None
    weight = reference.nodes[-2]
    if cls is None or weight.type != "attribute" or not _is_trainable(weight, cls, context):
        return
    yield RULE.finding(
        weight.start_byte,
        weight.end_byte,
        f"on JAX what `call` assigns to the trainable weight `{text(weight)}` is lost: use a"
        " constraint, or keep the weight as it is and compute with another value",
    )


def _is_trainable(weight: Node, cls: Scope, context: Context) -> bool:
    """Whether an attribute is a trainable weight of the layer, or of one that it wraps."""
    owner, name = weight.named_children[0], text(weight.named_children[-1])
    if owner.type == "attribute":
        return name in _WEIGHTS
    bound = [
        binding.value
        for one in local_classes(context.module, cls)
        for binding in one.attributes.get(name, ())
        if binding.value is not None
    ]
    return bool(bound) and all(_makes_trainable(value) for value in bound)


def _makes_trainable(value: Node) -> bool:
    if value.type == "attribute":
        return text(value.named_children[-1]) in _WEIGHTS
    function = value.child_by_field_name("function") if value.type == "call" else None
    arguments = value.child_by_field_name("arguments") if function is not None else None
    if function is None or arguments is None or not text(function).endswith(".add_weight"):
        return False
    return not any(
        one.type in ("dictionary_splat", "list_splat") or text(one).startswith("trainable=")
        for one in argument_nodes(arguments)
    ) or any("".join(text(one).split()) == "trainable=True" for one in argument_nodes(arguments))
