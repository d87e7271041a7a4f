"""What a model gives, as far as the code that makes it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.semantics import Binding, BindingKind, Module, Scope, defines, kind_of, local_classes
from k3ls.syntax import argument_nodes, string_value, text, unparenthesized

_DEPTH = 8
_CHANGING = frozenset("append extend insert remove pop clear reverse sort".split())
# With methods of its own a model may do with data and losses what it wants.
_OWN_STEPS = ("train_step", "test_step", "compute_loss", "compute_metrics")
_LISTS = ("list", "tuple", "expression_list")


@dataclass(frozen=True, slots=True)
class Outputs:
    """The outputs of a model.

    Attributes:
        names: of the layers that they come from, in order, None where the code doesn't say; of
            outputs in a dict the keys.
        form: `single`, `list` or `dict`.
        of_call: whether they are what a model's own `call` gives, whose layers name nothing.
    """

    names: tuple[str | None, ...]
    form: str
    of_call: bool = False

    @property
    def count(self) -> int:
        return len(self.names)


def outputs_of(node: Node, scope: Scope, module: Module) -> Outputs | None:
    """The outputs of the model that the expression `node` stands for, None if unknown."""
    return _model(node, scope, module, _DEPTH)


def _model(node: Node, scope: Scope, module: Module, depth: int) -> Outputs | None:
    node = unparenthesized(node)
    if depth == 0:
        return None
    if node.type == "call":
        return _made(node, scope, module, depth)
    bound = _bound(node, scope, module)
    return _same(
        _model(value, where, module, depth - 1) if value is not None else None
        for value, where in bound
    )


def _bound(node: Node, scope: Scope, module: Module) -> list[tuple[Node | None, Scope]]:
    """The expressions that a name or an attribute was assigned, None for what isn't known."""
    bindings: Sequence[Binding] = ()
    if node.type == "identifier":
        bindings = scope.reaching(text(node), node.start_byte)
    elif node.type == "attribute":
        owner, attribute = (node.child_by_field_name(one) for one in ("object", "attribute"))
        kind = kind_of(module, owner, scope) if owner is not None else None
        if kind is not None and kind.scope is not None and attribute is not None:
            bindings = kind.scope.attributes.get(text(attribute), ())
    assigned = BindingKind.ASSIGNMENT
    return [
        (one.value if one.kind is assigned and one.item is None else None, one.scope)
        for one in bindings
    ]


def _same(found: Iterator[Outputs | None]) -> Outputs | None:
    kinds = set(found)
    return kinds.pop() if len(kinds) == 1 else None


def _made(call: Node, scope: Scope, module: Module, depth: int) -> Outputs | None:
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None:
        return None
    paths = [symbol(canonical(name) or "") for name in module.names_of(function, scope)]
    if len(paths) == 1 and paths[0] is not None:
        if paths[0].same == "keras.Sequential":
            return Outputs((None,), "single")
        return _functional(arguments, scope, module) if paths[0].same == "keras.Model" else None
    kind = kind_of(module, function, scope)
    if kind is None or kind.scope is None:
        return None
    if kind.type == "function":
        if kind.scope.is_generator:
            return None
        return _same(_model(one, kind.scope, module, depth - 1) for one in kind.scope.returns)
    if kind.type != "class" or not kind.is_a("keras.Model") or kind.is_a("keras.Sequential"):
        return None
    if any(defines(module, kind, name) for name in _OWN_STEPS):
        return None
    for cls in local_classes(module, kind.scope):
        inner = cls.bindings["call"][-1].inner if "call" in cls.bindings else None
        if inner is not None:
            found = _same(_given(one, inner, module) for one in inner.returns)
            return replace(found, of_call=True) if found is not None else None
    own = any("__init__" in cls.bindings for cls in local_classes(module, kind.scope))
    return None if own else _functional(arguments, scope, module)


def _functional(arguments: Node, scope: Scope, module: Module) -> Outputs | None:
    """The outputs among the arguments of `Model(inputs, outputs)`."""
    given = argument_nodes(arguments)
    for argument in given:
        name = argument.child_by_field_name("name")
        value = argument.child_by_field_name("value")
        if argument.type == "keyword_argument" and name is not None and text(name) == "outputs":
            return _given(value, scope, module) if value is not None else None
    plain = [one for one in given[:2] if one.type != "keyword_argument"]
    if len(plain) < 2 or any(one.type.endswith("_splat") for one in plain):
        return None
    return _given(plain[1], scope, module)


def _given(node: Node, scope: Scope, module: Module) -> Outputs | None:
    """What an expression gives as outputs."""
    node = unparenthesized(node)
    if node.type == "identifier":
        bound = _bound(node, scope, module)
        value, where = bound[0] if len(bound) == 1 else (None, scope)
        value = unparenthesized(value) if value is not None else None
        if value is not None and value.type in (*_LISTS, "dictionary"):
            changed = any(
                one.names[0] == text(node) and one.names[-1] in _CHANGING
                for one in module.references
            )
            return None if changed else _given(value, where, module)
    if node.type in _LISTS:
        parts = argument_nodes(node)
        if not parts or any(one.type in (*_LISTS, "dictionary", "list_splat") for one in parts):
            return None
        return Outputs(tuple(_name(one, scope, module) for one in parts), "list")
    if node.type == "dictionary":
        keys = [
            pair.child_by_field_name("key") if pair.type == "pair" else None
            for pair in argument_nodes(node)
        ]
        names = [string_value(key) if key is not None else None for key in keys]
        return Outputs(tuple(names), "dict") if names and None not in names else None
    kind = kind_of(module, node, scope)
    single = kind is not None and kind.is_tensor
    return Outputs((_name(node, scope, module),), "single") if single else None


def _name(node: Node, scope: Scope, module: Module) -> str | None:
    """The name that is given to the layer whose output a tensor is."""
    node = unparenthesized(node)
    if node.type == "identifier":
        bound = _bound(node, scope, module)
        if len(bound) != 1 or bound[0][0] is None:
            return None
        node, scope = unparenthesized(bound[0][0]), bound[0][1]
    layer = node.child_by_field_name("function") if node.type == "call" else None
    if layer is not None and layer.type != "call":
        bound = _bound(layer, scope, module)
        layer = bound[0][0] if len(bound) == 1 else None
    arguments = layer.child_by_field_name("arguments") if layer is not None else None
    for argument in argument_nodes(arguments) if arguments is not None else ():
        name = argument.child_by_field_name("name")
        value = argument.child_by_field_name("value")
        if argument.type == "keyword_argument" and name is not None and text(name) == "name":
            return string_value(value) if value is not None else None
    return None
