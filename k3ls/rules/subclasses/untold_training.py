"""A subclassed model that doesn't hear that it is trained.

## What it does

Finds models whose `call` has no `training` though they hold layers that behave otherwise in
training, as `Dropout` and `BatchNormalization`; and models that don't hand `training` on to them.

## Why

Nothing raises, and the numbers differ. `fit` of Keras 3 gives `training=True` only to a `call` that
has such a parameter: without it nothing is dropped, and batches are normalised by statistics that
never move. On JAX `fit` also leaves out what tells the layers inside: each of them has to be given
`training`. In Keras 2 every layer heard of it, whatever `call` looked like.

## Example

    class Classifier(keras.Model):
        def call(self, inputs):
            return self.dense(self.dropout(inputs))

becomes

    class Classifier(keras.Model):
        def call(self, inputs, training=None):
            return self.dense(self.dropout(inputs, training=training))

## Fix safety

Unsafe: a class in another file that derives from the model has to give `training` to
`super().call`. A layer that was given `training` keeps what it was given. There is no fix where
`call` takes `training` out of its `**kwargs`, or means something else by the name. Nothing is said
of layers that come from other files, and of what other methods call.

Since Keras 3.0, seen up to 3.15.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.rewrite import list_edits, written_arguments
from k3ls.rules.rule import Rule
from k3ls.semantics import (
    BindingKind,
    Item,
    Module,
    Scope,
    Sublayer,
    class_kind,
    kind_of,
    layers_in,
    local_classes,
    method,
    sublayers,
)
from k3ls.syntax import argument_nodes, nodes_of, text
from k3ls.text import Edit

RULE = Rule("K255", "untold-training", Severity.WARNING)

_TRAINING = "training"
_KEYWORDS = "dictionary_splat_pattern"
_LAYERS = "keras.layers."
_NOISY = frozenset(
    "AlphaDropout BatchNormalization Dropout GaussianDropout GaussianNoise SpatialDropout1D"
    " SpatialDropout2D SpatialDropout3D RandomBrightness RandomContrast RandomCrop RandomFlip"
    " RandomRotation RandomTranslation RandomZoom".split()
)
_DROPPING = frozenset(
    "Bidirectional ConvLSTM1D ConvLSTM2D ConvLSTM3D GRU LSTM MultiHeadAttention RNN SimpleRNN"
    " TimeDistributed".split()
)


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for item in context.module.items:
        for cls in item.classes:
            bound = cls.bindings.get("call")
            call = bound[-1].inner if bound else None
            if call is None or call.decorators:
                continue
            if not class_kind(context.module, cls).is_a("keras.Model"):
                continue
            bindings = call.bindings.get(_TRAINING, ())
            if any(one.kind is BindingKind.PARAMETER for one in bindings):
                yield from _not_handed_on(call, item, context)
            elif _depends(cls, context.module, ()):
                yield _without_parameter(call, context)


def _without_parameter(call: Scope, context: Context) -> Finding:
    name = call.node.child_by_field_name("name")
    parameters = call.node.child_by_field_name("parameters")
    assert name is not None
    assert parameters is not None
    message = "`fit` of Keras 3 doesn't tell a model that it trains whose `call` has no `training`"
    fix = None
    if any(text(one) == _TRAINING for one in nodes_of(call.node, "identifier")) or any(
        text(one) == _TRAINING for one in nodes_of(call.node, "string_content")
    ):
        message += " (it uses the name otherwise)"
    else:
        given = argument_nodes(parameters)
        before = next((one for one in given if one.type == _KEYWORDS), None)
        if before is not None:
            edit = Edit(before.start_byte, before.start_byte, f"{_TRAINING}=None, ")
        else:
            end = given[-1].end_byte
            edit = Edit(end, end, f", {_TRAINING}=None")
        fix = Fix("Add `training`", (edit,), Applicability.UNSAFE)
    return RULE.finding(name.start_byte, name.end_byte, message, fix)


def _not_handed_on(call: Scope, item: Item, context: Context) -> Iterator[Finding]:
    cls = call.parent
    assert cls is not None
    bases = local_classes(context.module, cls)[1:]
    parameters = call.node.child_by_field_name("parameters")
    assert parameters is not None
    own = [text(one) for one in argument_nodes(parameters) if one.type == _KEYWORDS]
    depending = {
        one.name for one in sublayers(context.module, cls) if _is_told(one, context.module, ())
    }
    inherited = (method(context.module, one, "call") for one in bases)
    inherits = any(one is not None and _TRAINING in one.bindings for one in inherited)
    for node, scope in item.calls if depending or inherits else ():
        function = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        if function is None or arguments is None or scope.function() is not call:
            continue
        if not (
            depending.intersection(_attributes(function, scope))
            or (inherits and re.fullmatch(r"super\(.*\)\.call", text(function)))
        ):
            continue
        kind = kind_of(context.module, function, scope)
        if kind is not None and kind.name is not None and not _may_be_told(kind.name):
            continue
        if arguments.type != "argument_list" or any(
            text(one) == _TRAINING for one in nodes_of(arguments, "identifier")
        ):
            continue
        given = written_arguments(arguments)
        unpacked = [text(one.node) for one in given if one.node.type == "dictionary_splat"]
        if not given or unpacked not in ([], own):
            continue
        message = f"on JAX `{text(function)}` isn't told that the model trains: give `training`"
        edits = list_edits(arguments, given, [], [f"{_TRAINING}={_TRAINING}"])
        fix = Fix("Hand `training` on", tuple(edits), Applicability.UNSAFE)
        yield RULE.finding(node.start_byte, node.end_byte, message, fix)


def _attributes(function: Node, scope: Scope) -> Iterator[str]:
    """The attributes of `self` that what is called comes from: `self.a`, `self.a[0]`, or `a` of
    `for a in self.all`."""
    sources = [function]
    if function.type == "identifier":
        bindings = scope.reaching(text(function), function.start_byte)
        sources = [one.value for one in bindings if one.value is not None]
    for source in sources:
        if source.type == "call" and source != function:
            # `enumerate(self.all)` and `zip(self.some, self.others)`
            yield from re.findall(r"\bself\.(\w+)\b(?!\()", text(source))
        else:
            yield from re.findall(r"^self\.(\w+)(?:\[[^\[\]]*\])?$", text(source))


def _may_be_told(name: str) -> bool:
    """Whether a layer of Keras may behave otherwise in training."""
    last = name.removeprefix(_LAYERS)
    return last in _NOISY or last in _DROPPING or not name.startswith(_LAYERS)


def _depends(cls: Scope, module: Module, seen: tuple[Scope, ...]) -> bool:
    """Whether a class holds a layer that behaves otherwise in training."""
    return cls not in seen and any(
        _is_told(one, module, (*seen, cls)) for one in sublayers(module, cls)
    )


def _is_told(layer: Sublayer, module: Module, seen: tuple[Scope, ...]) -> bool:
    """Whether a layer, or one inside it, behaves otherwise in training."""
    kind = layer.kind
    if kind.scope is not None:
        call = method(module, kind.scope, "call")
        return (call is not None and _TRAINING in call.bindings) or _depends(
            kind.scope, module, seen
        )
    if kind.name is None or not _may_be_told(kind.name):
        return False
    if kind.name.removeprefix(_LAYERS) in _NOISY:
        return True
    arguments = layer.node.child_by_field_name("arguments")
    if layer.node.type != "call" or arguments is None:
        return False
    if kind.name == "keras.Sequential":
        return any(
            _is_told(one, module, seen)
            for given in argument_nodes(arguments)[:1]
            for one in layers_in(module, given, layer.scope, layer.name)
        )
    return any(
        one.parameter.endswith("dropout") and text(one.value).strip("0.") != ""
        for one in written_arguments(arguments)
    )
