"""An attribute that Keras 3 computes and doesn't let be set.

## What it does

Finds assignments to attributes of layers, callbacks and sequences that are read-only properties in
Keras 3 and were plain attributes, or nothing, in Keras 2.

## Why

    AttributeError: property 'kernel' of 'Own' object has no setter
    AttributeError: property 'model' of 'Evaluation' object has no setter
    AttributeError: property 'path' of 'Own' object has no setter
    AttributeError: property 'num_batches' of 'Batches' object has no setter

## Example

    class Own(keras.layers.Dense):
        def build(self, input_shape):
            self.kernel = self.add_weight(shape=(input_shape[-1], self.units))

becomes

    class Own(keras.layers.Dense):
        def build(self, input_shape):
            self._kernel = self.add_weight(shape=(input_shape[-1], self.units))

## Fix safety

Unsafe: the attribute behind the property is set, which is private. An attribute of your own that
only has the same name, such as `path`, needs another one; there is no fix.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Reference, kind_of, local_classes
from k3ls.text import Edit

RULE = Rule("K118", "read-only-attribute", Severity.ERROR)

# The classes that have the property, and whether an attribute with `_` before its name is behind.
_PROPERTIES: dict[str, tuple[tuple[str, ...], bool]] = {
    "embeddings": (("keras.layers.Embedding",), True),
    "input_dtype": (("keras.layers.Layer",), False),
    "kernel": (
        tuple(f"keras.layers.{name}" for name in "Dense EinsumDense Conv1D Conv2D Conv3D".split()),
        True,
    ),
    "metrics_variables": (("keras.layers.Layer",), False),
    "model": (("keras.callbacks.Callback",), True),
    "num_batches": (("keras.utils.Sequence",), False),
    "path": (("keras.layers.Layer",), False),
    "quantization_mode": (("keras.layers.Layer",), False),
}
_ATTENTION = "attention_axes dropout key_dim num_heads use_bias value_dim".split()
_PROPERTIES |= dict.fromkeys(_ATTENTION, (("keras.layers.MultiHeadAttention",), True))
# Layers that derive from a convolution in Keras 2 and not in Keras 3.
CONVOLUTIONS_OF_KERAS2 = tuple(
    f"keras.layers.{name}"
    for name in (
        "Conv1DTranspose Conv2DTranspose Conv3DTranspose DepthwiseConv1D DepthwiseConv2D"
        " SeparableConv1D SeparableConv2D"
    ).split()
)


@RULE.attribute(*_PROPERTIES)
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    name = reference.names[-1]
    attribute = reference.node.child_by_field_name("attribute")
    if name not in _PROPERTIES or attribute is None or not _is_set(reference.node):
        return
    owner = kind_of(context.module, reference.nodes[-2], reference.scope)
    classes, behind = _PROPERTIES[name]
    if owner is None or owner.type != "object" or not owner.is_a(*classes):
        return
    if name == "kernel" and owner.is_a(*CONVOLUTIONS_OF_KERAS2):
        return
    local = local_classes(context.module, owner.scope) if owner.scope is not None else ()
    if any(name in scope.bindings for scope in local):
        # The class has a property of its own.
        return
    message = f"`{name}` is a property in Keras 3 that can't be set"
    fix = None
    if behind:
        edit = Edit(attribute.start_byte, attribute.start_byte, "_")
        fix = Fix(f"Set `_{name}`", (edit,), Applicability.UNSAFE)
    else:
        message += ": give your own attribute another name"
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message, fix)


def _is_set(node: Node) -> bool:
    around = node.parent
    while around is not None and around.type in ("pattern_list", "tuple_pattern"):
        node, around = around, around.parent
    if around is None or around.type not in ("assignment", "augmented_assignment"):
        return False
    left = around.child_by_field_name("left")
    return left is not None and left.id == node.id
