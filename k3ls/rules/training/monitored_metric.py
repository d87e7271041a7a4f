"""A callback that doesn't know which way its metric is better.

## What it does

Finds `EarlyStopping`, `ReduceLROnPlateau` and `ModelCheckpoint` without `mode` that monitor a metric
which Keras 3 can't judge, or judges otherwise than Keras 2, and says `mode`.

## Why

Keras 2 went by the name: `acc` in it meant that higher is better, anything else that lower is.
Keras 3 knows the direction of `loss` and of its own metrics, and of no others; not of a function of
your own, nor of the loss or a metric of one of several outputs:

    ValueError: EarlyStopping callback received monitor=val_dice, but Keras isn't able to automatically determine whether that metric should be maximized or minimized. Pass `mode='max'` in order to monitor based on the highest metric value, or pass `mode='min'` in order to use the lowest value.

Where it knows, it may be the other one: `ModelCheckpoint(monitor="val_auc")` kept the model with the
lowest area in Keras 2.

## Example

    stop = keras.callbacks.EarlyStopping("val_dice")

becomes

    stop = keras.callbacks.EarlyStopping("val_dice", mode="min")

## Fix safety

Safe where the name says it, a loss or an accuracy: the direction that Keras 2 took. Unsafe for other
names, as Keras 2 took the lowest value whatever the metric; look whether that was meant.

Since Keras 3.0.
"""  # noqa: E501 - the error as it is

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import Given, RefusedError, given_arguments, list_edits
from k3ls.rules.rule import Rule
from k3ls.rules.saving.files import names_symbol
from k3ls.semantics import Kind, Module, Reference, kind_of
from k3ls.syntax import argument_nodes, string_value, text
from k3ls.text import Edit

RULE = Rule("K232", "monitored-metric", Severity.ERROR)

# The parameters up to `mode`, and when Keras 2 took the highest value.
_CALLBACKS = {
    "EarlyStopping": ("monitor min_delta patience verbose mode", r"(acc|accuracy|auc)$"),
    "ReduceLROnPlateau": ("monitor factor patience verbose mode", r"acc"),
    "ModelCheckpoint": (
        "filepath monitor verbose save_best_only save_weights_only mode",
        r"acc|^fmeasure",
    ),
}
# The metrics of Keras 3 by their names: which are better when they are high, and which when low.
_HIGH = frozenset(
    "acc accuracy auc binary_accuracy binary_io_u categorical_accuracy cosine_similarity f1_score"
    " fbeta_score io_u mean_io_u one_hot_io_u one_hot_mean_io_u precision precision_at_recall"
    " r2_score recall recall_at_precision sensitivity_at_specificity sparse_categorical_accuracy"
    " sparse_top_k_categorical_accuracy specificity_at_sensitivity"
    " top_k_categorical_accuracy".split()
)
_LOW = frozenset(
    "loss bce binary_crossentropy categorical_crossentropy categorical_hinge hinge kl_divergence"
    " logcosh mae mape mean_absolute_error mean_absolute_percentage_error mean_squared_error"
    " mean_squared_logarithmic_error mse msle poisson root_mean_squared_error"
    " sparse_categorical_crossentropy squared_hinge".split()
)


@RULE.reference("keras.callbacks", "tensorflow.keras.callbacks")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    name = next(
        (one for one in _CALLBACKS if names_symbol(reference, context, f"keras.callbacks.{one}")),
        None,
    )
    if name is None or reference.call is None:
        return
    arguments = reference.call.child_by_field_name("arguments")
    given = _given(reference, name)
    if "monitor" not in given or arguments is None:
        return
    mode = string_value(given["mode"].value) if "mode" in given else "auto"
    monitor = string_value(given["monitor"].value)
    if mode != "auto" or monitor is None:
        return
    high = re.search(_CALLBACKS[name][1], monitor) is not None
    metric = re.sub(r"_\d+$", "", monitor.removeprefix("val_"))
    now = _direction(metric, context.module)
    old = "max" if high else "min"
    if now in (old, "unknown"):
        return
    better = "the highest" if high else "the lowest"
    told = high or metric.endswith("loss")
    severity = Severity.WARNING
    if now is not None:
        said = f"Keras 3 takes {'the highest' if now == 'max' else 'the lowest'} `{monitor}` for"
        said += f" the best, Keras 2 took {better}: say `mode`"
        told = False
    else:
        said = "of metrics that aren't its own Keras 3 can't tell which way is better, Keras 2 took"
        said += f" {better} `{monitor}`: say `mode`"
        if metric.endswith("_loss") or metric in context.module.scope.bindings:
            severity = Severity.ERROR
    if "mode" in given:
        value = given["mode"].value
        edits = [Edit(value.start_byte, value.end_byte, f'"{old}"')]
    else:
        try:
            edits = list_edits(arguments, list(given.values()), [], [f'mode="{old}"'])
        except RefusedError:
            edits = []
    safe = Applicability.SAFE if told else Applicability.UNSAFE
    fix = Fix(f'Say `mode="{old}"`', tuple(edits), safe) if edits else None
    node = given["monitor"].value
    yield RULE.finding(node.start_byte, node.end_byte, said, fix, severity=severity)


def _given(reference: Reference, name: str) -> Mapping[str, Given]:
    parameters = tuple((one, "None") for one in [*_CALLBACKS[name][0].split(), "**kwargs"])
    assert reference.call is not None
    try:
        return given_arguments(reference.call, name, parameters)
    except RefusedError:
        return {}


def _direction(metric: str, module: Module) -> str | None:
    """Which way Keras 3 takes a metric of this name: `max`, `min`, None if it can't tell; `unknown`
    if the code doesn't say what the metric is."""
    named = module.fact("named metrics", _named)
    if metric in named:
        kind = named[metric]
        if kind is None or kind.name is None:
            return "unknown"
        metric = _snake(kind.name.rpartition(".")[2])
    if metric in _HIGH:
        return "max"
    return "min" if metric in _LOW else None


def _snake(name: str) -> str:
    """The name that a metric has from its class, as Keras makes it."""
    name = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()


def _named(module: Module) -> dict[str, Kind | None]:
    """What is made under a name of its own: `AUC(name="prc")`."""
    found: dict[str, Kind | None] = {}
    for item in module.items:
        for call, scope in item.calls:
            arguments = call.child_by_field_name("arguments")
            for argument in argument_nodes(arguments) if arguments is not None else ():
                keyword = argument.child_by_field_name("name")
                value = argument.child_by_field_name("value")
                if keyword is None or value is None or text(keyword) != "name":
                    continue
                name = string_value(value)
                if name is not None:
                    kind = kind_of(module, call, scope)
                    metric = kind is not None and kind.is_a("keras.metrics.Metric")
                    if metric or name not in found:
                        found[name] = kind if metric else None
    return found
