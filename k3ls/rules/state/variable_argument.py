"""A variable where JAX takes arrays alone.

## What it does

Finds weights and other variables that are given to those functions of `keras.ops` that hand them
to JAX as they are, such as `where`, `clip` and `zeros_like`, and gives them their value.

## Why

    ValueError: Triggering __jax_array__() during abstractification is no longer supported. To avoid this error, either explicitly convert your object using jax.numpy.array(), or register your object as a pytree.
    ValueError: Could not convert <Variable path=total, shape=(), dtype=float32, value=0.0> to a NumPy dtype

## Example

    masked = keras.ops.where(mask, self.token, inputs)

becomes

    masked = keras.ops.where(mask, keras.ops.convert_to_tensor(self.token), inputs)

## Fix safety

Safe: it is the variable's value, a tensor of the same dtype.

Since Keras 3.0, with JAX 0.7 or later.
"""  # noqa: E501 - the error as it is

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import written_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import (
    BindingKind,
    Reference,
    Scope,
    enclosing_class,
    local_classes,
    stays_tensorflow,
)
from k3ls.syntax import text
from k3ls.text import Edit

RULE = Rule("K509", "variable-argument", Severity.INFORMATION, backends_only=True)

_FUNCTIONS = tuple(
    f"keras.ops.{name}"
    for name in "clip full_like linspace map ones_like slice_update top_k vectorized_map where"
    " zeros_like".split()
)
_ADDING = ("add_weight", "add_variable")
_VARIABLES = frozenset(("keras.Variable", "tensorflow.Variable"))
# The attributes of layers, models and metrics that hold their variables.
_LISTS = frozenset(
    "variables weights trainable_variables trainable_weights non_trainable_variables"
    " non_trainable_weights".split()
)


@RULE.reference(*_FUNCTIONS)
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    names = set(context.module.qualified(reference))
    arguments = reference.call.child_by_field_name("arguments") if reference.call else None
    if not names.issubset(_FUNCTIONS) or arguments is None or arguments.type != "argument_list":
        return
    if stays_tensorflow(context.module, reference.scope):
        return
    for given in written_arguments(arguments):
        if not _is_variable(given.value, reference.scope, context):
            continue
        message = f"JAX takes no variable in `{reference.names[-1]}`: give it its value"
        fix = None
        try:
            convert = context.name("keras.ops.convert_to_tensor", reference)
        except NoNameError as reason:
            message += f" ({reason})"
        else:
            start, end = given.value.start_byte, given.value.end_byte
            edits = (Edit(start, start, f"{convert.source}("), Edit(end, end, ")"), *convert.edits)
            fix = Fix(f"Give it by `{convert.source}`", edits, Applicability.SAFE)
        yield RULE.finding(given.value.start_byte, given.value.end_byte, message, fix)


def _is_variable(node: Node, scope: Scope, context: Context) -> bool:
    if node.type == "identifier":
        bindings = scope.reaching(text(node), node.start_byte)
        return bool(bindings) and all(
            one.kind is BindingKind.LOOP
            and one.item is None
            and one.value is not None
            and one.value.type == "attribute"
            and text(one.value).rpartition(".")[2] in _LISTS
            for one in bindings
        )
    owner = enclosing_class(context.module, scope)
    itself = node.child_by_field_name("object")
    attribute = node.child_by_field_name("attribute")
    if node.type != "attribute" or itself is None or attribute is None or owner is None:
        return False
    if owner.scope is None or text(itself) != "self":
        return False
    made = [
        binding
        for cls in local_classes(context.module, owner.scope)
        for binding in cls.attributes.get(text(attribute), ())
    ]
    return bool(made) and all(
        one.value is not None and one.item is None and _makes(one.value, one.scope, context)
        for one in made
    )


def _makes(value: Node, scope: Scope, context: Context) -> bool:
    """Whether an expression makes a variable."""
    function = value.child_by_field_name("function") if value.type == "call" else None
    if function is None:
        return False
    method = function.child_by_field_name("attribute")
    if method is not None and text(method) in _ADDING:
        return True
    names = context.module.names_of(function, scope)
    return bool(names) and _VARIABLES.issuperset(names)
