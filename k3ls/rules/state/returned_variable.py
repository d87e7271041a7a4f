"""A variable that a layer or metric returns itself.

## What it does

Finds `call` of a layer and `result` of a metric where they return a variable that the object made,
alone or in a list or dictionary, and returns its value.

## Why

On JAX a variable is no tensor, and can't be what a metric gives, or a layer in a functional model:

    ValueError: Triggering __jax_array__() during abstractification is no longer supported. To avoid this error, either explicitly convert your object using jax.numpy.array(), or register your object as a pytree.

## Example

    class Total(keras.metrics.Metric):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.total = self.add_weight(name="total", initializer="zeros")

        def result(self):
            return self.total

becomes

    class Total(keras.metrics.Metric):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.total = self.add_weight(name="total", initializer="zeros")

        def result(self):
            return keras.ops.convert_to_tensor(self.total)

## Fix safety

Safe: it is the variable's value, a tensor of the same dtype.

Since Keras 3.0.
"""  # noqa: E501 - the error as it is

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Binding, Scope, class_kind, local_classes
from k3ls.syntax import argument_nodes, text, unparenthesized
from k3ls.text import Edit

RULE = Rule("K228", "returned-variable", Severity.INFORMATION, backends_only=True)

_METHODS = {
    "call": ("keras.layers.Layer", "On JAX `call` can't give a variable to a functional model"),
    "result": ("keras.metrics.Metric", "On JAX `result` can't give a variable"),
}
# With one of these, `call` isn't traced for the shape of what it gives.
_SHAPES = frozenset(("compute_output_shape", "compute_output_spec"))
_MAKERS = frozenset(("add_weight", "add_variable"))
_VARIABLES = frozenset(("tensorflow.Variable", "keras.Variable"))


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for item in context.module.items:
        for cls in item.classes:
            for name, (base, message) in _METHODS.items():
                bound = cls.bindings.get(name)
                method = bound[-1].inner if bound else None
                if method is None or not class_kind(context.module, cls).is_a(base):
                    continue
                if not _SHAPES.isdisjoint(cls.bindings):
                    continue
                for returned in method.returns:
                    yield from _returned(returned, message, method, cls, context)


def _returned(
    node: Node, message: str, method: Scope, cls: Scope, context: Context
) -> Iterator[Finding]:
    node = unparenthesized(node)
    if node.type in ("tuple", "list", "expression_list", "dictionary"):
        for part in argument_nodes(node):
            value = part.child_by_field_name("value") if part.type == "pair" else part
            if value is not None:
                yield from _returned(value, message, method, cls, context)
        return
    owner = node.child_by_field_name("object") if node.type == "attribute" else None
    attribute = node.child_by_field_name("attribute") if node.type == "attribute" else None
    parameters = method.node.child_by_field_name("parameters")
    if owner is None or attribute is None or parameters is None:
        return
    if text(owner) != text(parameters.named_children[0]):
        return
    name = text(attribute)
    made = [
        binding
        for one in local_classes(context.module, cls)
        for binding in (*one.attributes.get(name, ()), *one.bindings.get(name, ()))
    ]
    if not made or not all(_is_variable(binding, context) for binding in made):
        return
    message += ": return its value"
    fix = None
    try:
        convert = context.name_at("keras.ops.convert_to_tensor", node, method)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        edits = (
            Edit(node.start_byte, node.start_byte, f"{convert.source}("),
            Edit(node.end_byte, node.end_byte, ")"),
            *convert.edits,
        )
        fix = Fix(f"Return it by `{convert.source}`", edits, Applicability.SAFE)
    yield RULE.finding(node.start_byte, node.end_byte, message, fix)


def _is_variable(binding: Binding, context: Context) -> bool:
    value = unparenthesized(binding.value) if binding.value is not None else None
    function = value.child_by_field_name("function") if value is not None else None
    if value is None or value.type != "call" or function is None or binding.item is not None:
        return False
    method = function.child_by_field_name("attribute")
    if method is not None and text(method) in _MAKERS:
        owner = function.child_by_field_name("object")
        return owner is not None and owner.type == "identifier"
    names = context.module.names_of(function, binding.scope)
    return bool(names) and _VARIABLES.issuperset(names)
