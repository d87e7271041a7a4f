"""Making a weight of a variable that a method keeps in its object."""

from __future__ import annotations

from dataclasses import replace

from tree_sitter import Node

from k3ls.rules.context import Context, Names
from k3ls.rules.finding import Applicability, Fix
from k3ls.rules.rewriting.rewrite import Given, RefusedError, list_edits
from k3ls.rules.state.initial_value import InitialValue, initial_value
from k3ls.rules.state.keras_variable import DEFAULTS, counts, dtype_argument
from k3ls.semantics import Kind, Reference, Scope, kind_of
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit, merged

# The classes that have weights.
TRACKING = ("keras.layers.Layer", "keras.Model", "keras.metrics.Metric")


def own_attribute(reference: Reference, context: Context) -> tuple[Node, Scope] | None:
    """The attribute of its own object that a method keeps a variable in, and the class."""
    call = reference.call
    if call is None:
        return None
    function = reference.scope.function()
    owner = function.method_class() if function is not None else None
    attribute = _attribute(call)
    itself = attribute.child_by_field_name("object") if attribute is not None else None
    first = kind_of(context.module, itself, reference.scope) if itself is not None else None
    if owner is None or attribute is None or first is None or first.scope is not owner:
        return None
    return attribute, owner


def _attribute(call: Node) -> Node | None:
    """The attribute that the variable is assigned to or put into, alone or in a list or dict."""
    node: Node | None = call.parent
    while node is not None and node.type in _CONTAINERS:
        node = node.parent
    if node is None:
        return None
    if node.type == "assignment":
        left = node.child_by_field_name("left")
        if left is not None and left.type == "subscript":
            left = left.child_by_field_name("value")
        return left if left is not None and left.type == "attribute" else None
    function = node.parent.child_by_field_name("function") if node.parent is not None else None
    method = function.child_by_field_name("attribute") if function is not None else None
    if node.type != "argument_list" or method is None or text(method) != "append":
        return None
    owner = function.child_by_field_name("object") if function is not None else None
    return owner if owner is not None and owner.type == "attribute" else None


_CONTAINERS = frozenset(
    "list tuple dictionary pair list_comprehension dictionary_comprehension"
    " parenthesized_expression conditional_expression".split()
)


def weight_fix(
    reference: Reference, given: dict[str, Given], kind: Kind, context: Context, own_dtype: bool
) -> Fix | None:
    """The fix that writes `add_weight`; None if the code doesn't show how the variable begins.

    Args:
        given: the arguments by the parameters of `tf.Variable`.
        own_dtype: whether the variable has the dtype of its value, if none is given.

    Raises:
        RefusedError: `add_weight` lacks an argument.
        NoNameError: Keras has no name there.
    """
    names = Names(context, reference)
    value = initial_value(given["initial_value"].value, reference.scope, context, names)
    if value is None:
        return None
    if not own_dtype:
        value = replace(value, dtype="")
    edits = merged(_adding(given, value, kind, reference, context))
    return Fix("Make it a weight", (*edits, *names.imports), Applicability.UNSAFE)


def _adding(
    given: dict[str, Given],
    value: InitialValue,
    kind: Kind,
    reference: Reference,
    context: Context,
) -> list[Edit]:
    """The edits that make the call one of `add_weight`."""
    call = reference.call
    assert call is not None
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    method = reference.scope.function()
    assert function is not None
    assert arguments is not None
    assert method is not None
    parameters = method.node.child_by_field_name("parameters")
    itself = text(argument_nodes(parameters)[0]) if parameters is not None else "self"
    edits = [Edit(function.start_byte, function.end_byte, f"{itself}.add_weight")]
    source = f"shape={value.shape}, initializer={value.initializer}"
    dtype = dtype_argument(given, reference.scope, context)
    if not dtype and value.dtype:
        dtype = value.dtype
        source += f", dtype={dtype}"
    metric = kind.is_a("keras.metrics.Metric")
    if counts(dtype) and "trainable" not in given and not metric:
        source += ", trainable=False"
    taken = {"initial_value", "name", "dtype"} | (set() if metric else {"trainable", "constraint"})
    removed = [one for one in given.values() if one.parameter not in taken]
    for one in removed:
        if one.parameter != "trainable" and text(one.value) != DEFAULTS[one.parameter]:
            raise RefusedError(f"Keras has nothing for the argument `{one.parameter}`")
    for one in given.values():
        if one.parameter == "initial_value":
            edits.append(Edit(one.node.start_byte, one.node.end_byte, source))
        elif one.parameter in taken:
            written = dtype if one.parameter == "dtype" else text(one.value)
            if one.keyword is None:
                written = f"{one.parameter}={written}"
            start = one.value.start_byte
            if written != text(one.value):
                edits.append(Edit(start, one.value.end_byte, written))
    kept = [one for one in given.values() if one.parameter in taken]
    return edits + list_edits(arguments, kept, removed, [])
