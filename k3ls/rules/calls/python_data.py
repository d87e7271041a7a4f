"""Python lists of numbers where Keras 3 takes tensors.

## What it does

Finds lists of numbers that are given to a layer such as `ReLU`, to `fit`, `evaluate` and `predict`,
to `adapt` of a normalisation, to a sparse categorical cross-entropy, or, if they hold integers, to
a metric that computes with floating numbers; and makes tensors of them.

## Why

Keras 2 converted such lists. Keras 3 takes a list for several inputs, and leaves integers integers:

    ValueError: Only input tensors may be passed as positional arguments. The following argument value should be passed as a keyword argument: -3.0 (of type <class 'float'>)
    ValueError: Unrecognized data type: x=[[1.0, 2.0]] (of type <class 'list'>)
    AttributeError: 'list' object has no attribute 'shape'
    TypeError: Cannot convert -2.0 to EagerTensor of dtype int32

`MeanAbsolutePercentageError` of integers gives `nan`.

## Example

    output = keras.layers.ReLU()([-3.0, 2.0])
    prediction = model.predict([[1.0, 2.0]])

becomes

    output = keras.layers.ReLU()(keras.ops.convert_to_tensor([-3.0, 2.0]))
    prediction = model.predict(keras.ops.convert_to_tensor([[1.0, 2.0]]))

## Fix safety

Safe: the tensor is the one that Keras 2 made. Lists of tensors or arrays, and layers that take
several inputs, have no finding.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.context import Context, Name, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import Kind, Scope, kind_of
from k3ls.syntax import argument_nodes, text
from k3ls.text import Edit

RULE = Rule("K201", "python-data", Severity.ERROR)

# Layers that made a tensor of a list in Keras 2 and don't in Keras 3.
_LAYERS = frozenset(
    f"keras.layers.{name}" for name in "Activation Dropout ELU LeakyReLU ReLU Reshape".split()
)
# Methods of models that take data, and how many of their first arguments are data.
_MODEL_METHODS = {
    "fit": 2,
    "evaluate": 2,
    "predict": 1,
    "train_on_batch": 2,
    "test_on_batch": 2,
    "predict_on_batch": 1,
}
_DATA = ("x", "y", "y_true", "y_pred")
_SPARSE = (
    "keras.losses.SparseCategoricalCrossentropy",
    "keras.metrics.SparseCategoricalCrossentropy",
)
# Metrics that compute in the dtype of what they are given.
_FLOATING = frozenset(
    f"keras.metrics.{name}"
    for name in (
        "CategoricalCrossentropy CategoricalHinge CosineSimilarity Hinge KLDivergence LogCoshError"
        " MeanAbsolutePercentageError Poisson SquaredHinge TopKCategoricalAccuracy"
    ).split()
)


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or arguments.type != "argument_list":
        return
    data = [
        (index, value, dtype)
        for index, value in _given(arguments)
        for dtype in [_dtype(value, scope, context)]
        if dtype is not None
    ]
    if not data:
        return
    taker = _taker(function, scope, context)
    if taker is None:
        return
    name, count, floating = taker
    for index, value, dtype in data:
        if dtype == "string" and not name.startswith("keras.Model."):
            continue
        if floating and (index != 1 or dtype != "int"):
            # The labels take the dtype of the predictions.
            continue
        if index < count:
            yield _finding(value, name, dtype, scope, context, floating=floating)


def _given(arguments: Node) -> Iterator[tuple[int, Node]]:
    """The arguments that may be data, each with its position; one given by keyword has any."""
    for index, argument in enumerate(argument_nodes(arguments)):
        name = argument.child_by_field_name("name")
        value = argument.child_by_field_name("value")
        if argument.type != "keyword_argument":
            yield index, argument
        elif name is not None and value is not None and text(name) in _DATA:
            yield int(text(name) == "y_pred"), value


def _dtype(node: Node, scope: Scope, context: Context) -> str | None:
    """`float`, `int` or `string` for a list of such literals, None for anything else."""
    if node.type == "identifier":
        bindings = scope.reaching(text(node), node.start_byte)
        value = bindings[0].value if len(bindings) == 1 else None
        if value is None or value.type != "list":
            return None
    elif node.type != "list":
        return None
    kind = kind_of(context.module, node, scope)
    dtypes = _dtypes(kind) if kind is not None and kind.type == "items" else {None}
    if dtypes == {"string"}:
        return "string"
    if None in dtypes or not dtypes <= {"float", "int"}:
        return None
    return "float" if "float" in dtypes else "int"


def _dtypes(kind: Kind) -> set[str | None]:
    """The dtypes of the numbers in a list; None among them if there is something else."""
    found: set[str | None] = set() if kind.items else {None}
    for item in kind.items:
        if item is None or item.type not in ("literal", "items"):
            return {None}
        found |= _dtypes(item) if item.type == "items" else {item.dtype}
    return found


def _taker(function: Node, scope: Scope, context: Context) -> tuple[str, int, bool] | None:
    """Who takes the data: its name, how many of its first arguments are data, and whether only
    integers matter."""
    for name in context.module.names_of(function, scope):
        found = symbol(canonical(name) or "")
        if found is not None and found.same.endswith(".sparse_categorical_crossentropy"):
            return found.same, 2, False
    kind = kind_of(context.module, function, scope)
    if kind is not None and kind.type == "object":
        return _called(kind, 2)
    attribute = function.child_by_field_name("attribute")
    owner = function.child_by_field_name("object")
    if attribute is None or owner is None:
        return None
    kind = kind_of(context.module, owner, scope)
    if kind is None or kind.type != "object":
        return None
    method = text(attribute)
    if method == "update_state" and kind.is_a("keras.metrics.Metric"):
        return _called(kind, 2)
    if method == "adapt" and kind.name == "keras.layers.Normalization":
        return f"{kind.name}.adapt", 1, False
    if method in _MODEL_METHODS and kind.is_a("keras.Model"):
        return f"keras.Model.{method}", _MODEL_METHODS[method], False
    return None


def _called(kind: Kind, count: int) -> tuple[str, int, bool] | None:
    if kind.name in _LAYERS:
        return kind.name, 1, False
    if kind.name in _SPARSE:
        return kind.name, count, False
    if kind.name in _FLOATING:
        return kind.name, count, True
    return None


def _finding(
    value: Node, name: str, dtype: str, scope: Scope, context: Context, *, floating: bool
) -> Finding:
    fix = None
    what = "integers as they are" if floating else "a list for several inputs"
    message = f"`{name}` of Keras 3 takes {what}: make a tensor of it"
    try:
        convert = _converter(value, dtype, scope, context)
    except NoNameError as reason:
        message += f" ({reason})"
    else:
        end = ', "float32")' if floating else ")"
        if not context.inside_string(value):
            edits = (
                Edit(value.start_byte, value.start_byte, f"{convert.source}("),
                Edit(value.end_byte, value.end_byte, end),
                *convert.edits,
            )
            fix = Fix("Make a tensor of it", edits, Applicability.SAFE)
    return RULE.finding(value.start_byte, value.end_byte, message, fix)


def _converter(value: Node, dtype: str, scope: Scope, context: Context) -> Name:
    """The function that makes a tensor of the data; strings are for TensorFlow alone."""
    if dtype != "string":
        return context.name_at("keras.ops.convert_to_tensor", value, scope)
    library = context.tensorflow(scope, value.start_byte)
    if library is None:
        raise NoNameError("TensorFlow isn't imported here")
    return Name(f"{library}.constant")
