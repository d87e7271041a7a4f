"""`metrics_names` of a model, which has other names.

## What it does

Finds `model.metrics_names` where it is known that the value is a model, and loops over
`model.metrics` that make a number of each `result()`.

## Why

Names raise nothing. Keras 2 gave a name for each number that `evaluate` returns, `["loss", "mae"]`;
Keras 3 gives `["loss", "compile_metrics"]`, whatever metrics the model was compiled with. Code that
pairs the names with the numbers loses all metrics but the first. Likewise `model.metrics` has one
object for all metrics that the model was compiled with, and its result is a dict:

    TypeError: float() argument must be a string or a real number, not 'dict'
    AttributeError: 'dict' object has no attribute 'numpy'

`model.get_metrics_result()` gives all of them.

## Example

    results = dict(zip(model.metrics_names, model.evaluate(x, y)))

Have `evaluate` give the names itself:

    results = model.evaluate(x, y, return_dict=True)

## Fix safety

There is no fix: it depends on what is done with the names.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.rules.context import Context
from k3ls.rules.finding import Finding, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import BindingKind, Module, Reference, defines, kind_of
from k3ls.syntax import text

RULE = Rule("K205", "metrics-names", Severity.WARNING)


@RULE.attribute("metrics_names")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    if reference.names[-1] != "metrics_names" or context.owner(reference, "keras.Model") is None:
        return
    attribute = reference.node.child_by_field_name("attribute") or reference.node
    message = (
        "Keras 3 has `compile_metrics` in `metrics_names` in place of the single metrics: use"
        " `evaluate(…, return_dict=True)`"
    )
    yield RULE.finding(attribute.start_byte, attribute.end_byte, message)


@RULE.attribute("result")
def check_result(reference: Reference, context: Context) -> Iterator[Finding]:
    """`float(metric.result())` for each of `model.metrics`."""
    call = reference.call
    around = call.parent if call is not None else None
    if around is None or len(reference.names) != 2:
        return
    function = around.parent.child_by_field_name("function") if around.parent is not None else None
    attribute = around.child_by_field_name("attribute")
    to_float = around.type == "argument_list" and function is not None and text(function) == "float"
    if not to_float and (attribute is None or text(attribute) != "numpy"):
        return
    bindings = reference.scope.reaching(reference.names[0], reference.offset)
    looped = bindings[0].value if len(bindings) == 1 else None
    if looped is None or bindings[0].kind is not BindingKind.LOOP or bindings[0].item is not None:
        return
    owner = looped.child_by_field_name("object")
    last = looped.child_by_field_name("attribute")
    kind = kind_of(context.module, owner, bindings[0].scope) if owner is not None else None
    if last is None or text(last) != "metrics" or kind is None or kind.type != "object":
        return
    compiled = context.module.fact("compiled with metrics", _compiled_with_metrics)
    if compiled and kind.is_a("keras.Model") and not defines(context.module, kind, "metrics"):
        yield RULE.finding(
            reference.node.start_byte,
            reference.node.end_byte,
            "Keras 3 has one object in `metrics` for all that the model was compiled with, and its"
            " result is a dict: use `model.get_metrics_result()`",
            severity=Severity.ERROR,
        )


def _compiled_with_metrics(module: Module) -> bool:
    """Whether some model of the module is compiled with metrics."""
    return any(
        reference.names[-1] == "compile"
        and reference.call is not None
        and b"metrics=" in (reference.call.text or b"")
        for reference in module.references
    )
