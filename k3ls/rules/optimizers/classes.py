"""Classes of this module that derive from Keras's optimizers, and their parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.context import Context
from k3ls.rules.imports.insertion import alone_on_line, remove_statement
from k3ls.rules.rewriting.rewrite import Given, RefusedError, list_edits
from k3ls.semantics import BindingKind, Item, Module, Reference, Scope, class_kind
from k3ls.syntax import argument_nodes, nodes_of, text
from k3ls.text import Edit, apply_edits, merged

OPTIMIZER = "keras.optimizers.Optimizer"


@dataclass(eq=False)
class OptimizerClass:
    """A class that derives from an optimizer of Keras.

    Attributes:
        bases: the public paths of all it derives from.
    """

    context: Context
    item: Item
    scope: Scope
    bases: frozenset[str]

    @property
    def is_direct(self) -> bool:
        """Whether it derives from `Optimizer` itself, not from one of Keras's algorithms."""
        return self.bases == {OPTIMIZER}

    @cached_property
    def methods(self) -> dict[str, Scope]:
        return {
            name: bindings[-1].inner
            for name, bindings in self.scope.bindings.items()
            if bindings[-1].kind is BindingKind.FUNCTION and bindings[-1].inner is not None
        }

    @cached_property
    def own_references(self) -> list[tuple[Reference, Scope]]:
        """What its methods take from their first parameter, with the method."""
        return [
            (reference, method)
            for reference, method in self._references
            if len(reference.names) > 1 and reference.names[0] == self_name(method)
        ]

    @cached_property
    def super_references(self) -> list[tuple[Reference, Scope]]:
        """What its methods take from `super()`, with the method."""
        return [
            (reference, method)
            for reference, method in self._references
            if len(reference.names) == 2
            and reference.nodes[0].type == "call"
            and text(reference.nodes[0]).startswith("super(")
        ]

    @cached_property
    def _references(self) -> list[tuple[Reference, Scope]]:
        return [
            (reference, one)
            for reference in self.item.references
            for one in reference.scope.enclosing()
            if one.method_class() is self.scope
        ]


def optimizer_classes(context: Context) -> Iterator[OptimizerClass]:
    for item in context.module.items:
        for scope in item.classes:
            bases = class_kind(context.module, scope).bases or _either(scope, context.module)
            bases = frozenset(base.replace(".legacy.", ".") for base in bases)
            if OPTIMIZER in bases:
                yield OptimizerClass(context, item, scope, bases)


def _either(scope: Scope, module: Module) -> frozenset[str]:
    """What a class derives from whose base is imported from where the release of Keras has it."""
    superclasses = scope.node.child_by_field_name("superclasses")
    given = argument_nodes(superclasses) if superclasses is not None else []
    names = module.names_of(given[0], scope.parent or scope) if len(given) == 1 else ()
    paths = {(canonical(name) or "").replace(".legacy.", ".") for name in names}
    found = symbol(paths.pop()) if len(paths) == 1 else None
    return frozenset(found.bases) if found is not None else frozenset()


def parameters(method: Scope) -> list[Node]:
    found = method.node.child_by_field_name("parameters")
    return argument_nodes(found) if found is not None else []


def parameter_name(node: Node) -> str:
    """The name of a parameter, with its stars."""
    return text(node.child_by_field_name("name") or node).partition(":")[0].strip()


def self_name(method: Scope) -> str:
    first = parameters(method)[:1]
    return parameter_name(first[0]) if first else ""


def learning_rate_given(
    cls: OptimizerClass, init: Scope, value: Node, written: str, statement: Node
) -> list[Edit]:
    """The edits that give `super().__init__` the learning rate, and take away the statement that
    kept it; where the value is made after the call, the call takes the statement's place.

    Raises:
        RefusedError: the call isn't there, or has to come first.
    """
    call = super_init(cls, init)
    source = cls.context.source
    if not alone_on_line(statement, source):
        raise RefusedError("the learning rate isn't kept by a statement of its own")
    giving = _giving(cls, call, written)
    if super_init_place(cls, init, value, statement) != statement:
        return merged([remove_statement(source, statement), *giving])
    start, end = call.start_byte, call.end_byte
    moved = [Edit(one.start - start, one.end - start, one.text) for one in merged(giving)]
    called = apply_edits(source.data[start:end], moved).decode()
    before = call.parent
    assert before is not None
    taken = remove_statement(source, before)
    return merged([taken, Edit(statement.start_byte, statement.end_byte, called)])


def super_init_place(cls: OptimizerClass, init: Scope, value: Node, statement: Node) -> Node:
    """The statement that `super().__init__` stands at once it is given the learning rate `value`:
    its own, or `statement`, which keeps the value.

    Raises:
        RefusedError: the value is made after the call, which can't be moved behind that.
    """
    call = super_init(cls, init)
    own = call.parent
    assert own is not None
    later = [
        text(used)
        for used in nodes_of(value, "identifier")
        if any(one.kind is not BindingKind.PARAMETER for one in init.bindings.get(text(used), ()))
    ]
    if not later:
        return own
    needed = {self_name(init), *(text(one) for one in nodes_of(call, "identifier"))}
    between = own.next_named_sibling
    while between is not None and between != statement:
        uses = any(text(one) in needed for one in nodes_of(between, "identifier"))
        between = between.next_named_sibling if not uses else None
    if between is None or not alone_on_line(own, cls.context.source):
        raise RefusedError(f"`{later[0]}` isn't known yet where `super().__init__` is called")
    return statement


def _giving(cls: OptimizerClass, call: Node, written: str) -> list[Edit]:
    """The edits that give `super().__init__` the learning rate."""
    arguments = call.child_by_field_name("arguments")
    assert arguments is not None
    given = argument_nodes(arguments)
    edits = []
    if given:
        start = given[0].start_byte
        between = cls.context.source.data[arguments.start_byte + 1 : start].decode() or " "
        edits.append(Edit(start, start, f"{written},{between}"))
    else:
        edits.append(Edit(arguments.start_byte + 1, arguments.end_byte - 1, written))
    removed = []
    for index, node in enumerate(given):
        name = node.child_by_field_name("name") if node.type == "keyword_argument" else None
        if node.type == "list_splat" or (node.type != "dictionary_splat" and not name and index):
            raise RefusedError("`super().__init__` is given more than a name by position")
        if name is not None and text(name) == "learning_rate":
            raise RefusedError("`super().__init__` is given a learning rate already")
        if name is not None and text(name) == "jit_compile":
            removed.append(node)
        if name is None and node.type != "dictionary_splat":
            edits.append(Edit(node.start_byte, node.start_byte, "name="))
    kept = [Given("", node, node, None) for node in given if node not in removed]
    gone = [Given("", node, node, None) for node in removed]
    if removed:
        edits += list_edits(arguments, kept, gone, [])
    return edits


def super_init(cls: OptimizerClass, init: Scope) -> Node:
    """The call of `super().__init__`, a statement of the method itself.

    Raises:
        RefusedError: there is none, or several.
    """
    calls = [
        reference.call
        for reference, method in cls.super_references
        if method is init and reference.names[1] == "__init__" and reference.call is not None
    ]
    if len(calls) != 1:
        raise RefusedError("there isn't one call of `super().__init__`")
    statement = calls[0].parent
    if statement is None or statement.parent != init.node.child_by_field_name("body"):
        raise RefusedError("`super().__init__` isn't called by the method itself")
    return calls[0]
