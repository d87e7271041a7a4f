"""A metric that the logs have under another name.

## What it does

Finds metrics that are given by the name of their class, as `"AUC"`, and `acc` where the model is
compiled with `accuracy`, in a callback's `monitor` and in `history`, and `lr` there.

## Why

The keys in `history`, in the logs of callbacks and in what `evaluate(return_dict=True)` gives are
others. `metrics=["AUC"]` was `auc` in Keras 2 and is `AUC` in Keras 3, and whoever asks for the old
name fails:

    KeyError: 'auc'
    KeyError: 'lr'

`ReduceLROnPlateau` and `LearningRateScheduler` log the learning rate as `learning_rate`, which was
`lr`. Before Keras 2.3 `metrics=["accuracy"]` was `acc`. Since then a callback that monitors it did
nothing; in Keras 3 it raises:

    ValueError: EarlyStopping callback received monitor=val_acc, but Keras isn't able to automatically determine whether that metric should be maximized or minimized.

## Example

    model.compile("sgd", "mse", metrics=["AUC"])

becomes

    model.compile("sgd", "mse", metrics=["auc"])

## Fix safety

Safe: the metric is the same, under the name that it had in Keras 2. Unsafe for `monitor`, as the
callback begins to work. `"KLDivergence"`, `"LogCoshError"` and `"FBetaScore"` have no fix, as no
string gives the old name: write `keras.metrics.KLDivergence(name="kullback_leibler_divergence")`.

Since Keras 3.0.
"""  # noqa: E501 - the error as it is

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.rules.strings.identifiers import identifiers
from k3ls.semantics import Module, Reference, Scope
from k3ls.syntax import argument_nodes, nodes_of, string_value, text
from k3ls.text import Edit

RULE = Rule("K233", "metric-key", Severity.WARNING)

CLASSES = {
    name: re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    for name in (
        "AUC BinaryAccuracy BinaryCrossentropy BinaryIoU CategoricalAccuracy"
        " CategoricalCrossentropy CategoricalHinge CosineSimilarity F1Score FalseNegatives"
        " FalsePositives Hinge MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError"
        " MeanSquaredLogarithmicError Poisson Precision R2Score Recall RootMeanSquaredError"
        " SparseCategoricalAccuracy SparseCategoricalCrossentropy SparseTopKCategoricalAccuracy"
        " SquaredHinge TopKCategoricalAccuracy TrueNegatives TruePositives"
    ).split()
}
_OTHERS = {
    "FBetaScore": "fbeta_score",
    "KLDivergence": "kullback_leibler_divergence",
    "LogCoshError": "logcosh",
}
# The callbacks that log the learning rate.
_RATES = ("LearningRateScheduler", "ReduceLROnPlateau")
_MONITORS = ("EarlyStopping", "ReduceLROnPlateau", "ModelCheckpoint")


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    function = call.child_by_field_name("function")
    if function is None or not text(function).endswith("compile"):
        return
    for one in identifiers(call, scope, context.module):
        old = CLASSES.get(one.value) or _OTHERS.get(one.value)
        if one.area != "metric" or old is None or _is_read(one.value, context):
            continue
        fix = None
        if one.value in CLASSES:
            fix = _renamed(one.node, one.value, old, Applicability.SAFE)
        start, end = one.node.start_byte, one.node.end_byte
        message = f"the logs of Keras 3 have this metric as `{one.value}`, those of Keras 2 as"
        yield RULE.finding(start, end, f"{message} `{old}`", fix)


def _is_read(name: str, context: Context) -> bool:
    """Whether the logs are asked for a metric under the name that Keras 3 gives it."""
    pattern = rb"['\"]val_NAME['\"]|[\w)\]]\[['\"]NAME['\"]\]".replace(b"NAME", name.encode())
    return re.search(pattern, context.source.data) is not None


@RULE.reference("keras.callbacks", "tensorflow.keras.callbacks")
def check_monitor(reference: Reference, context: Context) -> Iterator[Finding]:
    paths = {canonical(name) for name in context.module.qualified(reference)}
    path = paths.pop() if len(paths) == 1 else None
    if reference.call is None or path not in {f"keras.callbacks.{one}" for one in _MONITORS}:
        return
    arguments = reference.call.child_by_field_name("arguments")
    for argument in argument_nodes(arguments) if arguments is not None else ():
        value = argument.child_by_field_name("value") or argument
        if argument.type == "keyword_argument" and not text(argument).startswith("monitor"):
            continue
        if string_value(value) in ("acc", "val_acc"):
            yield from _accuracy(value, Applicability.UNSAFE, context)


@RULE.attribute("history")
def check_history(reference: Reference, context: Context) -> Iterator[Finding]:
    subscript = reference.node.parent
    if subscript is None or subscript.type != "subscript" or not _is_of_fit(reference):
        return
    index = subscript.child_by_field_name("subscript")
    key = string_value(index) if index is not None else None
    if index is None:
        return
    if key in ("acc", "val_acc"):
        yield from _accuracy(index, Applicability.SAFE, context)
    elif key == "lr" and context.module.fact("learning rate in logs", _logs_rate):
        yield RULE.finding(
            index.start_byte,
            index.end_byte,
            "Keras 3 logs the learning rate as `learning_rate`",
            _renamed(index, "lr", "learning_rate", Applicability.SAFE),
            severity=Severity.ERROR,
        )


def _logs_rate(module: Module) -> bool:
    """Whether a callback of Keras's logs the learning rate, and no code of the module does."""
    names = {
        canonical(one) for reference in module.references for one in module.qualified(reference)
    }
    own = any(
        string_value(index) == "lr"
        for item in module.items
        for target, _, _ in item.items_set
        for index in [target.child_by_field_name("subscript")]
        if index is not None
    )
    return not own and not names.isdisjoint(f"keras.callbacks.{one}" for one in _RATES)


def _is_of_fit(reference: Reference) -> bool:
    """Whether `history` is taken from what `fit` gave."""
    if len(reference.names) != 2:
        return reference.names[-2:-1] == ["history"]
    bindings = reference.scope.reaching(reference.names[0], reference.offset)
    made = [one.value.child_by_field_name("function") for one in bindings if one.value is not None]
    methods = [text(one).rpartition(".")[2] for one in made if one is not None]
    fits = [name for name in methods if name in ("fit", "fit_generator")]
    return bool(bindings) and len(fits) == len(bindings)


def _accuracy(node: Node, safe: Applicability, context: Context) -> Iterator[Finding]:
    """`acc` where all models are compiled with `accuracy`."""
    if not context.module.fact("logged as accuracy", _logged_as_accuracy):
        return
    fix = _renamed(node, "acc", "accuracy", safe)
    message = "the model is compiled with the metric `accuracy`, and the logs have no `acc`"
    yield RULE.finding(node.start_byte, node.end_byte, message, fix, severity=Severity.ERROR)


def _logged_as_accuracy(module: Module) -> bool:
    """Whether models are compiled with `accuracy`, none with what may be `acc`."""
    strings: set[str | None] = set()
    for item in module.items:
        for call, _ in item.calls:
            function = call.child_by_field_name("function")
            arguments = call.child_by_field_name("arguments")
            if function is None or arguments is None or not text(function).endswith(".compile"):
                continue
            for argument in argument_nodes(arguments):
                name = argument.child_by_field_name("name")
                value = argument.child_by_field_name("value")
                if name is None or value is None or not text(name).endswith("metrics"):
                    continue
                if value.type not in ("list", "tuple", "dictionary", "string"):
                    return False
                strings.update(string_value(one) for one in nodes_of(value, "string"))
                if any(one.type in ("identifier", "attribute") for one in argument_nodes(value)):
                    return False
    return "accuracy" in strings and "acc" not in strings


def _renamed(node: Node, old: str, new: str, safe: Applicability) -> Fix:
    source = text(node).replace(old, new)
    edit = Edit(node.start_byte, node.end_byte, source)
    return Fix(f"Replace with `{new}`", (edit,), safe)
