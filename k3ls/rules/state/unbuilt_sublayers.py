"""Layers whose `build` leaves out the layers inside of them.

## What it does

Finds layers and models that hold other layers, where Keras 3 doesn't build these by itself, and
builds them in `build`: with the shapes that they get in `call`.

## Why

Keras 3 builds the layers inside of a layer by running `call` on symbolic tensors. It doesn't

- where the layer has a `compute_output_shape` and a `build`: a model made of it has no weights of
  the layers inside until it is called with data;
- where a layer with a `compute_output_shape` and without `build`, or a subclassed model with a
  `build`, comes from a `.keras` file;
- where the layer is the cell of a recurrent layer;
- where `call` calls them in training alone, on JAX and torch.

`get_weights()` and `count_params()` are too small then, the weights are missing from what is saved,
and loading them fails, or gives random weights without a word:

    ValueError: A total of 2 objects could not be loaded. Example error message for object
    <Dense name=dense, built=False>: Layer 'dense' was never built and thus it doesn't have any
    variables. However the weights file lists 2 variables for this layer.

All other layers made of layers are built by Keras 3 as well.

## Example

    class Feed(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.hidden = keras.layers.Dense(8)
            self.out = keras.layers.Dense(2)

        def call(self, inputs):
            return self.out(self.hidden(inputs))

        def compute_output_shape(self, input_shape):
            return (*input_shape[:-1], 2)

becomes

    class Feed(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.hidden = keras.layers.Dense(8)
            self.out = keras.layers.Dense(2)

        def build(self, input_shape):
            self.hidden.build(input_shape)
            self.out.build(self.hidden.compute_output_shape(input_shape))
            super().build(input_shape)

        def call(self, inputs):
            return self.out(self.hidden(inputs))

        def compute_output_shape(self, input_shape):
            return (*input_shape[:-1], 2)

## Fix safety

Unsafe: the layers get the same weights; those that `call` uses only in training are built too.
Each branch of `if training` and the like is taken to give the same shape. There is no fix where a
shape can't be followed; the finding names the line.

Since Keras 3.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tree_sitter import Node

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.rewriting.following import WEIGHTED, Follower, parameters
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.rules.rewriting.shapes import Tensor, Tensors, Value
from k3ls.rules.rewriting.statements import Block, Line, rendered
from k3ls.rules.rule import Rule
from k3ls.semantics import (
    BindingKind,
    Module,
    Scope,
    Sublayer,
    class_kind,
    defines,
    kind_of,
    layers_in,
    local_classes,
    method,
    sublayers,
)
from k3ls.syntax import argument_nodes, nodes_of, text
from k3ls.text import Edit

RULE = Rule("K510", "unbuilt-sublayers", Severity.ERROR)

# What gives a shape its own dimensions again.
_SAME = r"(?:tuple|list|(?:\w+\.)*TensorShape)\({0}\)(?:\.as_list\(\))?|{0}\.as_list\(\)"
_LAYER = "keras.layers.Layer"
_STATES = "state_size"
_SHAPES = ("compute_output_shape", "compute_output_spec")


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for item in context.module.items:
        for cls in item.classes:
            if "call" not in cls.bindings or "build" in class_kind(context.module, cls).members:
                continue
            unbuilt = _unbuilt(cls, context.module)
            reason = _reason(cls, context.module) if unbuilt else ""
            if unbuilt and not reason and _only_in_training(cls, unbuilt, context.module):
                reason = "`fit` fails on JAX and torch where training alone calls them"
            if reason:
                yield _finding(cls, unbuilt, reason, context)


def _reason(cls: Scope, module: Module, *, within: bool = False) -> str:
    """What goes wrong if the layers inside aren't built, empty if nothing does; `within` a layer
    that is asked about."""
    kind = class_kind(module, cls)
    build = method(module, cls, "build")
    if any(one.startswith("keras.layers.") and one != _LAYER for one in kind.bases):
        return ""
    if defines(module, kind, _STATES):
        return "recurrent layers don't have their weights"
    if kind.is_a("keras.Model"):
        return "a loaded model has random weights" if build is not None else ""
    if any(defines(module, kind, name) for name in _SHAPES):
        if build is not None:
            return "models don't have their weights until they are called with data"
        return "a model with this layer can't be loaded"
    if build is not None and not within and _is_built(cls, module):
        return "the layer that builds it doesn't have their weights"
    return ""


def _only_in_training(cls: Scope, unbuilt: Sequence[str], module: Module) -> bool:
    """Whether `call` mentions one of the attributes in training alone."""
    call = cls.bindings["call"][-1].inner
    # What comes from other files may have no weights.
    known = {one.name for one in sublayers(module, cls) if one.kind.scope or one.kind.name}
    inside: dict[str, list[bool]] = {}
    for node in nodes_of(call.node, "attribute") if call is not None else ():
        match = re.fullmatch(r"self\.(\w+)", text(node))
        if match is not None:
            inside.setdefault(match[1], []).append(_in_training(node))
    return any(all(inside.get(name, [False])) for name in known.intersection(unbuilt))


def _in_training(node: Node) -> bool:
    around = node
    while around.parent is not None and around.parent.type != "function_definition":
        inner, around = around, around.parent
        test = around.child_by_field_name("condition")
        if (
            around.type == "if_statement"
            and inner == around.child_by_field_name("consequence")
            and test is not None
            and text(test) in ("training", "training is True", "training == True")
        ):
            return True
    return False


def _is_built(cls: Scope, module: Module) -> bool:
    """Whether `build` of another layer builds this one, where Keras 3 doesn't run the `call` of
    that layer."""
    for reference in module.references:
        function = reference.scope.function()
        owner = function.method_class() if function is not None else None
        if reference.names[-1] != "build" or reference.call is None or owner in (None, cls):
            continue
        inner = reference.node.child_by_field_name("object")
        kind = kind_of(module, inner, reference.scope) if inner is not None else None
        if kind is not None and kind.scope is cls and owner is not None:
            return bool(_reason(owner, module, within=True))
    return False


def _unbuilt(cls: Scope, module: Module) -> list[str]:
    """The attributes with layers that `call` uses and `build` doesn't build."""
    kind = class_kind(module, cls)
    done = _done(cls, module) if kind.is_a(_LAYER) else None
    if done is None:
        return []
    called = _mentioned(cls, module, "call", set()) - done
    weighted = [one.name for one in sublayers(module, cls) if _has_weights(one, module, ())]
    return [name for name in dict.fromkeys(weighted) if name in called]


def _done(cls: Scope, module: Module) -> set[str] | None:
    """The attributes whose layers `build` builds, or will once the findings of the classes that it
    derives from are fixed; None if that isn't known."""
    done: set[str] = set()
    inherited = False
    for owner in local_classes(module, cls):
        if inherited and _reason(owner, module):
            done.update(_unbuilt(owner, module))
        if "build" in owner.bindings:
            build = owner.bindings["build"][-1].inner
            found = _built_by(build, cls, module) if build is not None else None
            if found is None or build is None:
                return None
            done |= found
            if not re.search(r"super\([^()]*\)\.build\(", text(build.node)):
                break
        inherited = True
    return done


def _built_by(build: Scope, cls: Scope, module: Module) -> set[str] | None:
    """The attributes whose layers a `build` builds or calls; None if it may build others."""
    done: set[str] = set()
    for call in nodes_of(build.node, "call"):
        function = call.child_by_field_name("function")
        source = text(function) if function is not None else ""
        match = re.fullmatch(r"self\.(\w+)(\.build)?", source)
        looped = any(one.kind is BindingKind.LOOP for one in build.bindings.get(source, ()))
        if match is not None and (match[2] or match[1] not in _ADDING):
            if method(module, cls, match[1]) is not None:
                return None
            done.add(match[1])
        elif source == "self" or looped or re.search(r"(?<!\))\.build$", source):
            return None
    return done


_ADDING = ("add_weight", "add_variable")


def _mentioned(cls: Scope, module: Module, name: str, seen: set[str]) -> set[str]:
    """The attributes of `self` that a method and the methods it calls mention."""
    one = method(module, cls, name)
    if one is None or name in seen:
        return set()
    seen.add(name)
    found = set(re.findall(r"\bself\.(\w+)", text(one.node)))
    for other in list(found):
        found |= _mentioned(cls, module, other, seen)
    return found


def _has_weights(layer: Sublayer, module: Module, seen: tuple[Scope, ...]) -> bool:
    kind = layer.kind
    if kind.scope is None:
        name = (kind.name or "").removeprefix("keras.layers.")
        arguments = layer.node.child_by_field_name("arguments")
        if name == "keras.Sequential" and arguments is not None:
            return any(
                _has_weights(one, module, seen)
                for given in argument_nodes(arguments)[:1]
                for one in layers_in(module, given, layer.scope, layer.name)
            )
        return name in WEIGHTED or (kind.name is None and "build" in kind.members)
    if kind.scope in seen:
        return False
    return any(
        re.search(r"\.add_(?:weight|variable)\(", text(one.node))
        for one in local_classes(module, kind.scope)
    ) or any(
        _has_weights(one, module, (*seen, kind.scope)) for one in sublayers(module, kind.scope)
    )


def _finding(cls: Scope, unbuilt: list[str], reason: str, context: Context) -> Finding:
    build = cls.bindings["build"][-1].inner if "build" in cls.bindings else None
    at = (build or cls).node.child_by_field_name("name")
    assert at is not None
    names = ", ".join(f"`self.{name}`" for name in unbuilt)
    message = f"Keras 3 doesn't build {names} by itself, and {reason}: build them in `build`"
    fix = None
    try:
        edits = tuple(_edits(cls, build, unbuilt, context))
        fix = Fix("Build the layers inside", edits, Applicability.UNSAFE)
    except (NoNameError, RefusedError) as stop:
        message += f" ({stop})"
    model = class_kind(context.module, cls).is_a("keras.Model")
    severity = Severity.WARNING if model else None
    methods = [method(context.module, cls, name) for name in ("__init__", "build", "call")]
    rewritten = [cls, *(one for one in methods if one is not None)]
    return RULE.finding(
        at.start_byte, at.end_byte, message, fix, severity=severity, rewritten=rewritten
    )


def _edits(cls: Scope, build: Scope | None, unbuilt: list[str], context: Context) -> Iterator[Edit]:
    call = cls.bindings["call"][-1].inner
    if call is None:
        raise RefusedError("`call` is no method")
    tensors = [name for name in parameters(call) if not re.search(r"training$|mask$", name)]
    given = parameters(build) if build is not None else []
    if not tensors or (build is not None and not given):
        raise RefusedError("it isn't known what it is called with")
    if len(given) > 1:
        shapes = {name: f"{name}_shape" for name in tensors if f"{name}_shape" in given}
        yield from _built(cls, call, build, shapes, unbuilt, context)
        return
    first = given[0] if given else "input_shape"
    try:
        yield from list(_built(cls, call, build, {tensors[0]: first}, unbuilt, context))
    except RefusedError:
        if len(tensors) == 1 or defines(context.module, class_kind(context.module, cls), _STATES):
            raise
        shapes = {name: f"{name}_shape" for name in tensors}
        edits = list(_built(cls, call, build, shapes, unbuilt, context))
        if build is not None:
            edits += _renamed(build, first, call, shapes)
        yield from edits


def _built(
    cls: Scope,
    call: Scope,
    build: Scope | None,
    shapes: Mapping[str, str],
    unbuilt: Sequence[str],
    context: Context,
) -> Iterator[Edit]:
    """The edits that build the layers, where `build` has the shapes of these arguments."""
    bound = build.bindings if build is not None else {}
    for name in shapes.values():
        for binding in bound.get(name, ())[1:]:
            if binding.value is None or not re.fullmatch(_SAME.format(name), text(binding.value)):
                raise RefusedError(f"`build` gives `{name}` another value")
    follower = Follower(context, cls, ("self", *bound, *shapes.values()))
    follower.done = _done(cls, context.module) or set()
    arguments: dict[str, Value] = {name: Tensor(source) for name, source in shapes.items()}
    follower.follow(call, {**arguments, **_states(cls, call, shapes, context.module)})
    missing = [name for name in unbuilt if name not in follower.built]
    if missing:
        raise RefusedError(f"`call` isn't seen to call `self.{missing[0]}`")
    lines = follower.building()
    if build is None:
        edit = _method(call, lines, shapes, context)
    else:
        edit = _addition(build, lines, context)
    yield from follower.imports(edit.text)
    yield edit


def _states(cls: Scope, call: Scope, shapes: Mapping[str, str], module: Module) -> dict[str, Value]:
    """The states that `call` of a recurrent layer's cell gets; its `build` doesn't hear of them."""
    names = parameters(call)
    sizes = [
        one.value
        for owner in local_classes(module, cls)
        for one in owner.attributes.get(_STATES, ())
        if one.value is not None
    ]
    if len(names) < 2 or names[1] in shapes or len(sizes) != 1:
        return {}
    batch = f"{shapes[names[0]]}[0]"
    size = f"self.{_STATES}"
    count = len(argument_nodes(sizes[0])) if sizes[0].type in ("list", "tuple") else 0
    items = [f"{size}[{number}]" for number in range(count)] or [size]
    states = [Tensor(f"({batch}, {one})") for one in items]
    source = ", ".join(one.source for one in states)
    return {names[1]: Tensors(f"[{source}]", dict(enumerate(states)))}


def _method(
    call: Scope, lines: Sequence[Line | Block], shapes: Mapping[str, str], context: Context
) -> Edit:
    """The edit that writes `build` before `call`."""
    around = call.node.parent
    node = around if around is not None and around.type == "decorated_definition" else call.node
    outer = context.indentation(node)
    if outer.strip():
        raise RefusedError("`call` doesn't begin its line")
    indent = outer + context.indent
    given = ", ".join(_parameter(name, source, call) for name, source in shapes.items())
    written = [
        f"def build(self, {given}):",
        *rendered(lines, indent, context.indent),
        f"{indent}super().build({next(iter(shapes.values()))})",
    ]
    newline = context.source.newline
    return Edit(node.start_byte, node.start_byte, newline.join(written) + newline * 2 + outer)


def _parameter(name: str, source: str, call: Scope) -> str:
    """A parameter of `build`: one that `call` needn't be given has a default as well."""
    node = call.bindings[name][0].node.parent
    optional = node is not None and node.type.endswith("default_parameter")
    return f"{source}=None" if optional else source


def _addition(build: Scope, lines: Sequence[Line | Block], context: Context) -> Edit:
    """The edit that writes the statements at the end of `build`, before what marks the layer as
    built."""
    body = build.node.child_by_field_name("body")
    statements = [one for one in body.named_children if one.type != "comment"] if body else []
    if not statements or list(nodes_of(build.node, "return_statement")):
        raise RefusedError("`build` returns before its end")
    indent = context.indentation(statements[0])
    if indent.strip():
        raise RefusedError("`build` is written on one line")
    newline = context.source.newline
    written = newline.join(rendered(lines, indent, context.indent))
    last = len(statements)
    while last and re.fullmatch(_MARKING, text(statements[last - 1])):
        last -= 1
    if last < len(statements):
        start = statements[last].start_byte
        return Edit(start, start, written.removeprefix(indent) + newline + indent)
    line = context.source.lines.line_of(statements[-1].end_byte)
    end = context.source.lines.starts[line] + len(context.source.lines.line_bytes(line))
    return Edit(end, end, newline + written)


_MARKING = r"self\.built = True|super\([^()]*\)\.build\(.*\)"


def _renamed(build: Scope, old: str, call: Scope, shapes: Mapping[str, str]) -> Iterator[Edit]:
    """The edits that give `build` the shapes of several arguments by their names."""
    name, *others = shapes.values()
    node = build.node.child_by_field_name("parameters")
    assert node is not None
    parameter = argument_nodes(node)[1]
    for one in nodes_of(build.node, "identifier"):
        if text(one) == old and (one.parent is None or one.parent.type != "attribute"):
            inside = parameter.start_byte <= one.start_byte < parameter.end_byte
            if not inside:
                yield Edit(one.start_byte, one.end_byte, name)
    added = [_parameter(k, v, call) for k, v in shapes.items() if v in others]
    yield Edit(parameter.start_byte, parameter.end_byte, ", ".join([name, *added]))
