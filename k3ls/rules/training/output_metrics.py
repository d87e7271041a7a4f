"""Metrics and losses of a model with several outputs.

## What it does

Finds calls of `compile` on models whose outputs are known: one list of metrics for several outputs,
one loss with several weights, losses or weights in a dict that lacks some of the outputs, and the
loss of a `Sequential` model in a dict.

## Why

Keras 2 gave each output all metrics of the list, and a single loss to each. Keras 3 takes the list
to have one entry for each output:

    ValueError: tuple arity mismatch; expected: 2, got: 1; tuple: ('mae',).
    Invalid `metrics`. `metrics` should contain metrics objects and either be a dict or a list matching the output names of the functional model ['a', 'b'] or match the output structure of the model: ['X', 'X'].
    ValueError: `loss_weights` must match the number of losses, got 1 losses and 2 weights.
    ValueError: Expected keys ['a', 'b'] in loss dict, but found loss.keys()=['a']
    KeyError: 'b'
    TypeError: 'NoneType' object is not iterable

With as many metrics as outputs nothing raises: each output has one of the metrics. Weights in a dict
beside losses in a list are taken in the order of their sorted names, and the loss is another.

## Example

    model = keras.Model(inputs, [left, right])
    model.compile("sgd", "mse", metrics=["mae"], loss_weights=[1.0, 0.2])

becomes

    model = keras.Model(inputs, [left, right])
    model.compile("sgd", ["mse", "mse"], metrics=[["mae"], ["mae"]], loss_weights=[1.0, 0.2])

## Fix safety

Safe where Keras 3 raises: the same metrics and losses, under the same names. Unsafe with as many
metrics as outputs, which code for Keras 3 may mean so; where the model's own `call` gives the
outputs, as the logs have other names; and for an output that gets no loss, as its targets have to be
given. Metric objects under a name have no fix: the outputs would share them.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import Given, RefusedError, given_arguments, repeatable
from k3ls.rules.rule import Rule
from k3ls.rules.training.outputs import Outputs, outputs_of
from k3ls.semantics import Reference, Scope, kind_of
from k3ls.syntax import argument_nodes, string_value, text, unparenthesized
from k3ls.text import Edit

RULE = Rule("K231", "output-metrics", Severity.ERROR)

_LISTS = ("list", "tuple")
_NESTED = (*_LISTS, "dictionary")


@RULE.attribute("compile")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    model = symbol("keras.Model")
    owner = reference.node.child_by_field_name("object")
    if reference.call is None or owner is None or model is None:
        return
    kind = context.owner(reference, "keras.Model")
    if kind is None:
        return
    try:
        parameters = model.methods["compile"][0][1:]
        given = given_arguments(reference.call, "compile", parameters, unpacked=True)
    except RefusedError:
        return
    if kind.is_a("keras.Sequential") and "loss" in given:
        yield from _of_sequential(given["loss"], context)
        return
    outputs = outputs_of(owner, reference.scope, context.module)
    if outputs is None:
        return
    if outputs.count > 1:
        for name in ("metrics", "weighted_metrics"):
            if name in given and given[name].keyword is not None:
                yield from _metrics(given[name], outputs, reference.scope, context)
    yield from _losses(given, outputs, reference.scope, context)


def _of_sequential(given: Given, context: Context) -> Iterator[Finding]:
    """A loss in a dict, by the name of the one output."""
    node = unparenthesized(given.value)
    pairs = argument_nodes(node) if node.type == "dictionary" else []
    value = pairs[0].child_by_field_name("value") if len(pairs) == 1 else None
    if value is not None:
        edit = Edit(node.start_byte, node.end_byte, context.written(value))
        plain = all(one.type == "pair" for one in node.named_children)
        fix = Fix("Give the loss alone", (edit,), Applicability.SAFE) if plain else None
        said = "a `Sequential` model of Keras 3 takes its loss in no dict"
        yield RULE.finding(given.node.start_byte, given.node.end_byte, said, fix)


def _metrics(given: Given, outputs: Outputs, scope: Scope, context: Context) -> Iterator[Finding]:
    listed = _literal(given.value, scope)
    if listed is None or listed.type not in _LISTS:
        return
    parts = [unparenthesized(one) for one in argument_nodes(listed)]
    if not parts or any(one.type in (*_NESTED, "none", "list_splat") for one in parts):
        return
    known = [_is_metric(one, scope, context) for one in parts]
    count = outputs.count
    partly = len(parts) == count
    # Names may stand for lists, one for each output.
    if not all(known) and (partly or not any(known)):
        return
    said = f"Keras 3 takes one entry of `{given.parameter}` for each of the {count} outputs"
    if partly:
        said += ", and Keras 2 gave each output all of them"
    inline = listed.id == unparenthesized(given.value).id
    shared = [one for one in parts if not _may_be_repeated(one, scope, context, inline=inline)]
    fix = None
    if shared:
        said += f" (the outputs would share `{text(shared[0])}`)"
    elif any(one.type == "comment" for one in listed.named_children):
        said += " (a comment between them would be doubled)"
    else:
        source = _for_each(context.written(given.value), outputs)
        edit = Edit(given.value.start_byte, given.value.end_byte, source)
        same = not partly and (not outputs.of_call or outputs.form == "dict")
        safe = Applicability.SAFE if same else Applicability.UNSAFE
        fix = Fix("Give each output the metrics", (edit,), safe)
    severity = Severity.WARNING if partly else Severity.ERROR
    yield RULE.finding(given.node.start_byte, given.node.end_byte, said, fix, severity=severity)


def _literal(node: Node, scope: Scope) -> Node | None:
    """The expression itself, or what a name was assigned."""
    node = unparenthesized(node)
    if node.type != "identifier":
        return node
    bindings = scope.reaching(text(node), node.start_byte)
    value = bindings[0].value if len(bindings) == 1 and bindings[0].item is None else None
    return unparenthesized(value) if value is not None else None


def _is_metric(node: Node, scope: Scope, context: Context) -> bool:
    """Whether an entry is known to be one metric."""
    if node.type in ("string", "lambda") or _is_function(node, scope, context):
        return True
    kind = kind_of(context.module, node, scope)
    return kind is not None and kind.is_a("keras.metrics.Metric", "keras.losses.Loss")


def _may_be_repeated(node: Node, scope: Scope, context: Context, *, inline: bool) -> bool:
    """Whether a metric can be given to several outputs by writing its list several times."""
    if node.type in ("string", "lambda"):
        return True
    return (node.type == "call" and inline) or _is_function(node, scope, context)


def _is_function(node: Node, scope: Scope, context: Context) -> bool:
    names = {canonical(name) for name in context.module.names_of(node, scope)}
    found = symbol(names.pop() or "") if len(names) == 1 else None
    if found is not None:
        return found.kind == "function"
    kind = kind_of(context.module, node, scope)
    return kind is not None and kind.type == "function"


def _for_each(source: str, outputs: Outputs) -> str:
    """A source, once for each output."""
    if outputs.form == "dict":
        return _dict(outputs.names, source)
    return f"[{', '.join([source] * outputs.count)}]"


def _dict(names: Iterable[str | None], source: str) -> str:
    return "{" + ", ".join(f'"{name}": {source}' for name in names) + "}"


def _losses(
    given: Mapping[str, Given], outputs: Outputs, scope: Scope, context: Context
) -> Iterator[Finding]:
    if "loss" not in given:
        return
    loss = _literal(given["loss"].value, scope)
    weights = _literal(given["loss_weights"].value, scope) if "loss_weights" in given else None
    if loss is None:
        return
    if loss.type == "dictionary":
        inline = (
            weights if "loss_weights" in given and weights == given["loss_weights"].value else None
        )
        yield from _loss_dict(given["loss"], loss, inline, outputs)
    elif outputs.count > 1 and weights is not None:
        if loss.type not in _LISTS:
            yield from _single_loss(given, weights, outputs, context)
        elif weights.type == "dictionary":
            yield from _ordered_weights(given["loss_weights"], weights, outputs)


def _loss_dict(
    given: Given, loss: Node, weights: Node | None, outputs: Outputs
) -> Iterator[Finding]:
    keys = _keys(loss)
    if keys is None or given.value.type != "dictionary":
        return
    if weights is not None and weights.type == "dictionary" and outputs.count > 1:
        weighted = _keys(weights)
        lacking = [key for key in keys if weighted is not None and key not in weighted]
        if lacking and outputs.form != "dict":
            yield _extended(
                weights,
                lacking,
                "1.0",
                "Keras 3 takes a weight for each of the losses, Keras 2 took 1.0 for the others",
                Applicability.SAFE,
            )
    if outputs.form == "list" and None not in outputs.names:
        lacking = [name for name in outputs.names if name is not None and name not in keys]
        if lacking and set(keys) <= set(outputs.names):
            yield _extended(
                loss,
                lacking,
                "None",
                "Keras 3 takes an entry of `loss` for each of the outputs, and targets for each",
                Applicability.UNSAFE,
            )


def _keys(node: Node) -> list[str] | None:
    """The keys of a dict literal, None if they aren't all strings."""
    keys = []
    for pair in argument_nodes(node):
        key = pair.child_by_field_name("key") if pair.type == "pair" else None
        value = string_value(key) if key is not None else None
        if value is None:
            return None
        keys.append(value)
    return keys


def _extended(
    node: Node, lacking: list[str], value: str, said: str, safe: Applicability
) -> Finding:
    last = argument_nodes(node)[-1]
    source = "".join(f', "{name}": {value}' for name in lacking)
    edit = Edit(last.end_byte, last.end_byte, source)
    names = ", ".join(f"`{name}`" for name in lacking)
    return RULE.finding(node.start_byte, node.end_byte, said, Fix(f"Add {names}", (edit,), safe))


def _single_loss(
    given: Mapping[str, Given], weights: Node, outputs: Outputs, context: Context
) -> Iterator[Finding]:
    """One loss for several outputs, with a weight for each."""
    value = given["loss"].value
    source = context.written(value)
    names = _keys(weights) if weights.type == "dictionary" else None
    if weights.type not in _NESTED or not _is_one_loss(unparenthesized(value)):
        return
    said = f"Keras 3 takes a loss for each of the {outputs.count} weights"
    fix = None
    if len(argument_nodes(weights)) == outputs.count:
        if names is not None and outputs.form == "list":
            source = _dict(names, source)
        else:
            source = _for_each(source, outputs)
        edit = Edit(value.start_byte, value.end_byte, source)
        fix = Fix("Give each output the loss", (edit,), Applicability.SAFE)
    elif names is not None:
        said = "Keras 3 takes the one weight for all outputs, Keras 2 took 1.0 for the others"
    yield RULE.finding(value.start_byte, value.end_byte, said, fix)


def _is_one_loss(node: Node) -> bool:
    return node.type in ("string", "lambda", "call") or repeatable(node)


def _ordered_weights(given: Given, weights: Node, outputs: Outputs) -> Iterator[Finding]:
    """Losses in a list, weights in a dict."""
    keys = _keys(weights)
    names = [name for name in outputs.names if name is not None]
    if keys is None or len(names) < outputs.count or outputs.form != "list":
        return
    if not set(keys) <= set(names) or sorted(keys) == names:
        return
    values = {
        name: text(value)
        for name, pair in zip(keys, argument_nodes(weights), strict=True)
        for value in [pair.child_by_field_name("value")]
        if value is not None
    }
    said = "beside losses in a list Keras 3 takes the weights in the order of their sorted names"
    fix = None
    if given.value.id == weights.id and all(one.type == "pair" for one in weights.named_children):
        source = f"[{', '.join(values.get(name, '1.0') for name in names)}]"
        edit = Edit(weights.start_byte, weights.end_byte, source)
        fix = Fix("Give the weights in the order of the outputs", (edit,), Applicability.SAFE)
    yield RULE.finding(
        given.node.start_byte, given.node.end_byte, said, fix, severity=Severity.WARNING
    )
