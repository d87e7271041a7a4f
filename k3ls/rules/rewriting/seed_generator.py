"""The `keras.random.SeedGenerator` that random numbers are drawn from.

Layers and models alone keep a generator's state on every backend. Their methods draw from an
attribute that `__init__` makes; functions that they call, or that a `Lambda` is made of, from a
parameter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tree_sitter import Node

from k3ls.knowledge.ops import Op, op
from k3ls.knowledge.symbols import canonical
from k3ls.rules.context import Context
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import RefusedError, bind, literal, written_arguments
from k3ls.semantics import (
    BindingKind,
    Kind,
    Module,
    Scope,
    ScopeKind,
    class_kind,
    defines,
    local_classes,
)
from k3ls.syntax import argument_nodes, nodes_of, text
from k3ls.text import Edit

_CLASS = "keras.random.SeedGenerator"
_NAME = "seed_generator"
_SEED = re.compile(r"\bseed=seed\b")
# These make a layer: random numbers are drawn once there.
_MAKING = frozenset(("__init__", "build"))
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class SeedGenerator:
    """A generator that is there, or that edits make.

    Attributes:
        source: what it is where the random numbers are drawn: `self.seed_generator`.
    """

    source: str
    edits: tuple[Edit, ...] = ()


def takes_seed(row: Op) -> bool:
    """Whether the op draws random numbers."""
    return row.random and any(_SEED.search(one.template) for one in row.rewrites)


def drawing_from(generator: SeedGenerator, row: Op, call: Node) -> Op:
    """The op with rewrites that draw from the generator, whatever seed the call gives."""
    given = "given" if "seed" in bind(call, row) else "absent"
    drawing = f"seed={generator.source}"
    rewrites = tuple(
        replace(one, template=_SEED.sub(drawing, one.template), when={**one.when, "seed": given})
        for one in row.rewrites
    )
    return replace(row, rewrites=rewrites)


def seed_generator(
    scope: Scope, context: Context, seed: str = "", depth: int = _DEPTH
) -> SeedGenerator | None:
    """The generator for what `scope` draws; None for code that no layer or model is known to run.

    Args:
        seed: for a new one, where the layer's own random numbers have none.

    Raises:
        RefusedError: the layer can't get one.
        NoNameError: Keras has no name there.
    """
    for function in scope.enclosing():
        if function.method_class() is not None:
            return _of_method(function, scope, context, seed)
        if function.kind in (ScopeKind.FUNCTION, ScopeKind.LAMBDA) and depth:
            found = _of_function(function, context, seed, depth - 1)
            if found is not None:
                return found
    return None


def _of_method(method: Scope, scope: Scope, context: Context, seed: str) -> SeedGenerator | None:
    owner = method.method_class()
    assert owner is not None
    kind = class_kind(context.module, owner)
    if not kind.is_a("keras.layers.Layer", "keras.Model") or method.name in _MAKING:
        return None
    itself = _first_parameter(method)
    if itself is None or scope.holder(itself) is not method:
        raise RefusedError("there is no object that could keep a `SeedGenerator`")
    known = _attribute(owner, context.module)
    if known is not None:
        return SeedGenerator(f"{itself}.{known}")
    if defines(context.module, kind, _NAME):
        raise RefusedError(f"`{_NAME}` means something else in its class")
    seed = _seed(owner, context.module) or seed
    return SeedGenerator(f"{itself}.{_NAME}", tuple(_in_init(owner, kind, seed, context)))


def _first_parameter(method: Scope) -> str | None:
    parameters = method.node.child_by_field_name("parameters")
    first = argument_nodes(parameters)[:1] if parameters is not None else []
    static = any(text(one) in ("staticmethod", "classmethod") for one in method.decorators)
    return text(first[0]) if first and not static else None


def _attribute(owner: Scope, module: Module) -> str | None:
    """The attribute in which a class keeps a generator already."""
    for cls in local_classes(module, owner):
        for name, bindings in cls.attributes.items():
            for one in bindings:
                function = one.value.child_by_field_name("function") if one.value else None
                if function is None or one.item is not None:
                    continue
                if _CLASS in map(canonical, module.names_of(function, one.scope)):
                    return name
    return None


def _seed(scope: Scope, module: Module) -> str:
    """The seed that the random ops in a class or function are given first, empty if none."""
    node = scope.node
    references = (
        one
        for item in module.items
        if item.node.start_byte <= node.start_byte < item.node.end_byte
        for one in item.references
        if node.start_byte <= one.offset < node.end_byte and one.call is not None
    )
    for reference in references:
        rows = {op(name) for name in module.qualified(reference)}
        row = rows.pop() if len(rows) == 1 else None
        drawn_in = {one.name for one in reference.scope.enclosing() if one.method_class()}
        if row is None or not takes_seed(row) or drawn_in & _MAKING or reference.call is None:
            continue
        given = bind(reference.call, row, unpacked=True).get("seed")
        seed = text(given.value) if given is not None else "None"
        of_object = scope.kind is ScopeKind.CLASS and re.fullmatch(r"self\.\w+", seed)
        if given is not None and (isinstance(literal(given.value), int) or of_object):
            return seed
        if seed != "None":
            raise RefusedError(f"the seed `{seed}` isn't known where the layer is made")
    return ""


# In a class


def _in_init(owner: Scope, kind: Kind, seed: str, context: Context) -> Iterator[Edit]:
    """The edits that make the generator in `__init__`, behind the call of the inherited one."""
    attribute = seed.removeprefix("self.") if seed.startswith("self.") else None
    bound = owner.bindings.get("__init__")
    made = bound[-1].inner if bound else None
    if bound and made is None:
        raise RefusedError("its `__init__` isn't a method")
    body = (made or owner).node.child_by_field_name("body")
    statements = body.named_children if body is not None else []
    setting = [one for one in statements if attribute is not None and _sets(one, seed)]
    if attribute is not None and not setting and not defines(context.module, kind, attribute):
        raise RefusedError(f"`{attribute}` isn't set in `__init__`")
    if made is None:
        yield from _new_init(owner, statements, seed, context)
        return
    calls = [one for one in statements if _calls_inherited(one)]
    if (
        not calls
        or _first_parameter(made) != "self"
        or not alone_on_line(calls[-1], context.source)
    ):
        raise RefusedError("its `__init__` doesn't call the inherited one")
    place = max([calls[-1], *setting], key=lambda one: one.start_byte)
    name = context.name_at(_CLASS, place, made)
    lines = context.source.lines
    line = lines.line_of(place.end_byte)
    end = lines.starts[line] + len(lines.line_bytes(line))
    before = context.source.newline + context.indentation(place)
    yield Edit(end, end, f"{before}self.{_NAME} = {name.source}({seed})")
    yield from name.edits


def _calls_inherited(statement: Node) -> bool:
    call = statement.named_children[0] if statement.type == "expression_statement" else None
    function = call.child_by_field_name("function") if call is not None else None
    return function is not None and text(function).endswith(".__init__")


def _sets(statement: Node, attribute: str) -> bool:
    return any(
        left is not None and text(left) == attribute
        for one in nodes_of(statement, "assignment")
        for left in [one.child_by_field_name("left")]
    )


def _new_init(owner: Scope, statements: list[Node], seed: str, context: Context) -> Iterator[Edit]:
    methods = ("function_definition", "decorated_definition")
    place = next((one for one in statements if one.type in methods), None)
    if place is None or not alone_on_line(place, context.source):
        raise RefusedError("there is no place for an `__init__`")
    name = context.name_at(_CLASS, place, owner)
    outer, newline = context.indentation(place), context.source.newline
    above = place.prev_named_sibling
    while above is not None and above.type == "comment" and context.indentation(above) == outer:
        place, above = above, above.prev_named_sibling
    superclasses = owner.node.child_by_field_name("superclasses")
    bases = argument_nodes(superclasses) if superclasses is not None else []
    around = owner.parent or context.module.scope
    paths = {canonical(path) for one in bases for path in context.module.names_of(one, around)}
    plain = len(bases) == 1 and paths == {"keras.layers.Layer"}
    arguments = "**kwargs" if plain else "*args, **kwargs"
    inner = outer + context.indent
    lines = (
        f"def __init__(self, {arguments}):",
        f"{inner}super().__init__({arguments})",
        f"{inner}self.{_NAME} = {name.source}({seed})",
        "",
        outer,
    )
    yield Edit(place.start_byte, place.start_byte, newline.join(lines))
    yield from name.edits


# In a function


def _of_function(function: Scope, context: Context, seed: str, depth: int) -> SeedGenerator | None:
    """A parameter of the function, which layers that run it give their generator."""
    if _NAME in function.bindings:
        known = function.bindings[_NAME][0].kind is BindingKind.PARAMETER
        return SeedGenerator(_NAME) if known else None
    seed = _seed(function, context.module) or seed
    giving = dict.fromkeys(_giving(function, context, seed, depth))
    parameters = function.node.child_by_field_name("parameters")
    if not giving or parameters is None:
        return None
    taking = [one for one in argument_nodes(parameters) if one.type != "dictionary_splat_pattern"]
    if not taking:
        return None
    end = taking[-1].end_byte
    return SeedGenerator(_NAME, (Edit(end, end, f", {_NAME}=None"), *giving))


def _giving(function: Scope, context: Context, seed: str, depth: int) -> Iterator[Edit]:
    """The edits that give the function a generator wherever a layer runs it."""
    node = function.node
    if function.kind is ScopeKind.LAMBDA and function.parent is not None:
        yield from _in_lambda_layer(node, function.parent, context, seed)
    for reference in context.module.references:
        if reference.names != [function.name]:
            continue
        bindings = reference.scope.reaching(function.name, reference.offset)
        if [one.inner for one in bindings] != [function]:
            continue
        if reference.call is None:
            yield from _in_lambda_layer(reference.node, reference.scope, context, seed)
            continue
        generator = seed_generator(reference.scope, context, seed, depth)
        arguments = reference.call.child_by_field_name("arguments")
        if generator is None or arguments is None or arguments.type != "argument_list":
            continue
        yield from generator.edits
        yield _added(arguments, f"{_NAME}={generator.source}")


def _in_lambda_layer(node: Node, scope: Scope, context: Context, seed: str) -> Iterator[Edit]:
    """The same for a function that a `Lambda` layer is made of."""
    arguments = node.parent
    if arguments is not None and arguments.type == "keyword_argument":
        arguments = arguments.parent
    call = arguments.parent if arguments is not None else None
    made = call.child_by_field_name("function") if call is not None else None
    if arguments is None or made is None or arguments.type != "argument_list":
        return
    paths = {canonical(path) for path in context.module.names_of(made, scope)}
    given = written_arguments(arguments)
    if paths != {"keras.layers.Lambda"} or given[0].value != node:
        return
    if any(one.parameter == "arguments" for one in given) or len(given) > 3:
        raise RefusedError("its `Lambda` has other arguments")
    name = context.name_at(_CLASS, call or node, scope)
    yield _added(arguments, f'arguments={{"{_NAME}": {name.source}({seed})}}')
    yield from name.edits


def _added(arguments: Node, argument: str) -> Edit:
    """The edit that gives a call one more argument."""
    given = argument_nodes(arguments)
    end = given[-1].end_byte if given else arguments.start_byte + 1
    return Edit(end, end, f", {argument}" if given else argument)
