"""Arguments of a layer's call that have to be given by keyword.

## What it does

Finds `training`, Python values such as `True`, flags that a function only asks whether they are
true, masks that may be None, and arguments that have another place in Keras 3, where they are given
by position to a layer or model; and gives them by keyword.

## Why

A layer of Keras 3 takes only tensors and None by position, and puts in `training` and masks itself
where they are None:

    ValueError: Only input tensors may be passed as positional arguments. The following argument value should be passed as a keyword argument: True (of type <class 'bool'>)
    TypeError: Functional.call() got multiple values for argument 'training'
    TypeError: Encoder.call() got multiple values for argument 'mask'

`attention(query, value, key, mask)` of `MultiHeadAttention` raises nothing and takes the fourth
argument for `query_mask`, which was `attention_mask`. A list of tensors and Python values is
refused, by position and by keyword:

    ValueError: In a nested call() argument, you cannot mix tensors and non-tensors.

## Example

    x = self.dropout(x, training)
    x = self.encoder(x, mask, True)

becomes

    x = self.dropout(x, training=training)
    x = self.encoder(x, mask=mask, return_scores=True)

## Fix safety

Safe: `call` gets the same arguments, by the names that the layer's class has for them. There is no
fix where that class isn't known, or where arguments are unpacked from a list. Layers that override
`__call__`, and layers for preprocessing, take anything by position and have no finding.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from k3ls.knowledge.symbols import symbol
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.semantics import (
    Binding,
    BindingKind,
    Kind,
    Module,
    Scope,
    defines,
    kind_of,
    local_classes,
)
from k3ls.syntax import argument_nodes, text, unparenthesized
from k3ls.text import Edit

RULE = Rule("K214", "positional-argument", Severity.ERROR)

# Layers with a `__call__` of their own in Keras 2, or that take anything by position in Keras 3.
_OPEN = tuple(
    f"keras.layers.{name}"
    for name in (
        "RNN Bidirectional CategoryEncoding CenterCrop Discretization HashedCrossing Hashing"
        " IntegerLookup MelSpectrogram Normalization RandomBrightness RandomContrast RandomCrop"
        " RandomFlip RandomHeight RandomRotation RandomTranslation RandomWidth RandomZoom Rescaling"
        " Resizing StringLookup TextVectorization PreprocessingLayer"
    ).split()
)
_UNPACKED = frozenset(("list_splat", "dictionary_splat"))
_ANNOTATIONS = frozenset(("bool", "int", "float", "str"))
_AROUND = frozenset("Dict List None Optional Sequence Tuple Union dict list tuple typing".split())


@dataclass(frozen=True, slots=True)
class _Signature:
    """The parameters of a layer's `call` without `self`; those of Keras 3 are known where
    `places` says where each stands there. The `python` ones take no tensor.
    """

    parameters: tuple[str, ...]
    places: dict[str, int]
    python: frozenset[str] = frozenset()


@RULE.call
def check(call: Node, scope: Scope, context: Context) -> Iterator[Finding]:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None or arguments.type != "argument_list":
        return
    given = argument_nodes(arguments)
    positional = [one for one in given if one.type != "keyword_argument"]
    if len(positional) < 2 or any(one.type == "dictionary_splat" for one in positional[:1]):
        return
    layer = kind_of(context.module, function, scope)
    if layer is None or not _takes_tensors_only(layer, context):
        return
    signature = _signature(layer, _is_made_here(function, scope, context), context)
    names = signature.parameters if signature is not None else ()
    for index, argument in enumerate(positional[1:], 1):
        if argument.type in _UNPACKED:
            return
        name = names[index] if index < len(names) else None
        if name is not None and signature is not None and signature.places[name] != index:
            said: str | None = f"takes `{name}` in another place"
        else:
            others = [
                one
                for place, one in enumerate(given[1:], 1)
                if place != index and (place >= len(names) or names[place] != "training")
            ]
            python = signature is not None and name in signature.python
            said = _why(argument, name, python, others, scope, context)
        if said is not None:
            yield RULE.finding(
                argument.start_byte,
                argument.end_byte,
                f"a layer of Keras 3 {said}: give it by keyword",
                _by_keyword(positional[index:], signature, index),
            )
            return


def _takes_tensors_only(layer: Kind, context: Context) -> bool:
    return (
        layer.type == "object"
        and layer.is_a("keras.layers.Layer")
        and not layer.may_be(*_OPEN)
        and not defines(context.module, layer, "__call__")
        and not defines(context.module, layer, "_allow_non_tensor_positional_args")
    )


def _is_made_here(function: Node, scope: Scope, context: Context) -> bool:
    """Whether the layer is what `keras.Model(…)` gives, and no model of a class that derives from
    it, as an annotation may mean."""
    value: Node | None = unparenthesized(function)
    if value is not None and value.type == "identifier":
        bindings = scope.reaching(text(value), value.start_byte)
        value = bindings[0].value if len(bindings) == 1 else None
        scope = bindings[0].scope if bindings else scope
    made = value.child_by_field_name("function") if value is not None else None
    kind = kind_of(context.module, made, scope) if made is not None else None
    return kind is not None and kind.type == "class"


def _signature(layer: Kind, made_here: bool, context: Context) -> _Signature | None:
    """What `call` of the layer's class takes, None if it isn't known."""
    classes = local_classes(context.module, layer.scope) if layer.scope is not None else ()
    for cls in classes:
        bound = cls.bindings.get("call")
        if bound:
            return _own_signature(bound, context)
    if "call" in layer.members or layer.some_bases:
        return None
    known = [
        base for base in map(symbol, layer.bases) if base is not None and "call" in base.methods
    ]
    if not known:
        return None
    nearest = max(known, key=lambda base: len(base.bases))
    old, new = nearest.methods["call"]
    if nearest.path == "keras.Model":
        if not made_here:
            return None
        # What `keras.Model(inputs, outputs)` gives.
        new = old
    names = tuple(name for name, _ in new[1:])
    if any(name.startswith("*") for name, _ in old[1:]):
        return None
    parameters = tuple(name for name, _ in old[1:])
    if not set(parameters[1:]) <= set(names):
        return None
    return _Signature(parameters, {name: names.index(name) for name in parameters[1:]})


def _own_signature(bound: list[Binding], context: Context) -> _Signature | None:
    function = bound[-1].inner
    parameters = function.node.child_by_field_name("parameters") if function is not None else None
    if function is None or parameters is None or len(bound) > 1:
        return None
    names: list[str] = []
    for parameter in argument_nodes(parameters):
        name = parameter.child_by_field_name("name") or parameter
        if name.type == "identifier":
            names.append(text(name))
        elif parameter.type == "typed_parameter" and parameter.named_children[0].type == (
            "identifier"
        ):
            names.append(text(parameter.named_children[0]))
        else:
            # `*args`, or a bare star.
            break
    python = frozenset(
        name
        for name in names[1:]
        if any(_takes_python(one, context) for one in function.bindings.get(name, ()))
    )
    return _Signature(tuple(names[1:]), {name: i for i, name in enumerate(names[1:])}, python)


def _why(
    argument: Node,
    name: str | None,
    python: bool,
    others: list[Node],
    scope: Scope,
    context: Context,
) -> str | None:
    """What a layer does with an argument that is given by position, None if it takes it."""
    if name == "training":
        return "sets `training` itself"
    # With a second tensor the mask is one of several, and left alone.
    alone = all(
        text(one).startswith("training=") or _is_python(_value(one), scope, context)
        for one in others
    )
    if name == "mask" and alone and _may_be_none(argument, scope):
        return "sets `mask` itself where it is None"
    if python or _is_python(unparenthesized(argument), scope, context):
        return f"takes tensors by position, and no Python value as `{text(argument)}`"
    return None


def _value(argument: Node) -> Node:
    return unparenthesized(argument.child_by_field_name("value") or argument)


def _may_be_none(node: Node, scope: Scope) -> bool:
    node = unparenthesized(node)
    binding = _parameter(node, scope)
    default = binding.value if binding is not None else None
    return node.type == "none" or (default is not None and default.type == "none")


def _is_python(argument: Node, scope: Scope, context: Context) -> bool:
    """Whether an expression gives a Python value, or a list with one."""
    binding = _parameter(argument, scope)
    if binding is not None:
        return text(argument) == "training" or _takes_python(binding, context)
    if argument.type == "attribute":
        owner = argument.child_by_field_name("object")
        attribute = argument.child_by_field_name("attribute")
        whole = kind_of(context.module, owner, scope) if owner is not None else None
        if attribute is not None and text(attribute) == "shape" and whole is not None:
            return whole.is_tensor
    kind = kind_of(context.module, argument, scope)
    return argument.type == "not_operator" if kind is None else _is_python_kind(kind)


def _takes_python(parameter: Binding, context: Context) -> bool:
    """Whether a parameter is a Python value by its annotation, its default or its use."""
    if parameter.annotation is not None:
        words = set(re.findall(r"\w+", text(parameter.annotation)))
        return words <= _ANNOTATIONS | _AROUND and not words.isdisjoint(_ANNOTATIONS)
    if parameter.value is not None and parameter.value.type in ("true", "false", "string"):
        return True
    return parameter in context.module.fact("flags", _flags)


def _flags(module: Module) -> frozenset[Binding]:
    """The parameters that a function takes as true or false, as no tensor can be."""
    found = set()
    for reference in module.references:
        if len(reference.names) == 1 and _decides(reference.node):
            parameter = _parameter(reference.node, reference.scope)
            if parameter is not None:
                found.add(parameter)
    return frozenset(found)


def _decides(node: Node) -> bool:
    """Whether a name is a condition, or a part of one, by itself."""
    parent = node.parent
    while parent is not None and parent.type in ("boolean_operator", "not_operator"):
        node, parent = parent, parent.parent
    if parent is None:
        return False
    if parent.type == "conditional_expression":
        return parent.named_children[1] == node
    return parent.child_by_field_name("condition") == node


def _is_python_kind(kind: Kind) -> bool:
    if kind.type in ("literal", "class", "function"):
        return True
    if kind.type == "items":
        return any(one is not None and _is_python_kind(one) for one in kind.items)
    return kind.type == "object" and kind.is_a("keras.layers.Layer")


def _parameter(node: Node, scope: Scope) -> Binding | None:
    """The parameter that a name is and stays, None for anything else."""
    if node.type != "identifier":
        return None
    bindings = scope.reaching(text(node), node.start_byte)
    if len(bindings) != 1 or bindings[0].kind is not BindingKind.PARAMETER:
        return None
    return bindings[0]


def _by_keyword(arguments: list[Node], signature: _Signature | None, first: int) -> Fix | None:
    """The fix that gives all of the arguments by keyword."""
    names = signature.parameters[first:] if signature is not None else ()
    if len(arguments) > len(names) or any(one.type in _UNPACKED for one in arguments):
        return None
    edits = tuple(
        Edit(one.start_byte, one.start_byte, f"{name}=")
        for one, name in zip(arguments, names, strict=False)
    )
    given = ", ".join(f"`{name}`" for name in names[: len(arguments)])
    return Fix(f"Give {given} by keyword", edits, Applicability.SAFE)
