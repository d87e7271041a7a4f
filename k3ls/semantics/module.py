"""A module's meaning: which qualified name an expression stands for, and who uses an import."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tree_sitter import Node

from k3ls.knowledge.symbols import canonical, symbol
from k3ls.semantics.scopes import Binding, BindingKind, Scope, ScopeKind
from k3ls.semantics.walk import Import, Item, Reference, walk
from k3ls.syntax import SyntaxTree, argument_nodes, string_value, text, unparenthesized

if TYPE_CHECKING:
    from k3ls.semantics.kinds import Kind

T = TypeVar("T")

_DEPTH = 12
_BUILTINS = frozenset(dir(builtins))
# Calls that name a module or an attribute in their last argument, and how many they have.
_BY_STRING = {"import_module": 1, "__import__": 1, "getattr": 2, "LazyLoader": 3}


class Others(Protocol):
    """Knows the other files of a project."""

    def kind_named(self, target: str, filename: str) -> Kind | None:
        """What the qualified name `target` stands for in the module `filename`."""

    def names_named(self, target: str, filename: str) -> tuple[str, ...]:
        """The names of Keras or TensorFlow that `target`, a name of the project, stands for."""

    def installed_class(self, target: str, filename: str) -> Kind | None:
        """The class of an installed package that it stands for."""

    def has_package(self, name: str, filename: str) -> bool:
        """Whether the project that has the file `filename` has a package `name` itself."""

    def use_keras(self, filename: str) -> bool:
        """Whether Python code of the project that has the file `filename` uses Keras."""


class Module:
    """The meaning of one parsed module.

    Attributes:
        others: knows the other files of its project; without it only this text counts.
        filename: where the module stands among them.
    """

    def __init__(self, tree: SyntaxTree, others: Others | None = None, filename: str = "") -> None:
        self.tree = tree
        self.others = others
        self.filename = filename
        self.scope = Scope(ScopeKind.MODULE, tree.root, None)
        self.items: list[Item] = [walk(node, self.scope, tree) for node in tree.root.named_children]
        self.scope.sort()
        self._names: dict[tuple[int, str], tuple[str, ...]] = {}
        self._qualified: dict[Reference, tuple[str, ...]] = {}
        self._facts: dict[str, Any] = {}

    def fact(self, name: str, derive: Callable[[Module], T]) -> T:
        """What `derive` says of this module, asked once."""
        if name not in self._facts:
            self._facts[name] = derive(self)
        found: T = self._facts[name]
        return found

    @property
    def references(self) -> Iterator[Reference]:
        for item in self.items:
            yield from item.references

    @property
    def imports(self) -> Iterator[Import]:
        for item in self.items:
            yield from item.imports

    @cached_property
    def star_modules(self) -> list[str]:
        """The modules whose public names are imported with a star."""
        return [statement.module for statement in self.imports if statement.star]

    @cached_property
    def uses(self) -> dict[Binding, list[Reference]]:
        """Which references may mean each import."""
        found: dict[Binding, list[Reference]] = {}
        imported = {name.binding.name for statement in self.imports for name in statement.names}
        for reference in self.references:
            if reference.names[0] in imported:
                for binding in reference.scope.reaching(reference.names[0], reference.offset):
                    if binding.kind is BindingKind.IMPORT:
                        found.setdefault(binding, []).append(reference)
        return found

    def is_own(self, package: str) -> bool:
        """Whether the module's own project has the package."""
        return self.others is not None and self.others.has_package(package, self.filename)

    # Qualified names

    def qualified(self, reference: Reference) -> tuple[str, ...]:
        """The qualified names that the whole of `reference` can stand for; empty if unknown."""
        found = self._qualified.get(reference)
        if found is None:
            rest = reference.names[1:]
            found = tuple(".".join([root, *rest]) for root in self.root_names(reference))
            self._qualified[reference] = found
        return found

    def root_names(self, reference: Reference) -> tuple[str, ...]:
        """The qualified names that the first name of `reference` can stand for."""
        root = reference.names[0]
        if not root:
            return ()
        return self._lookup(root, reference.scope, reference.offset, _DEPTH)

    def names_of(self, node: Node, scope: Scope) -> tuple[str, ...]:
        """The qualified names that an expression evaluated in `scope` can stand for."""
        return self._expression(node, scope, _DEPTH)

    def named_by_string(self, call: Node, scope: Scope) -> tuple[tuple[str, ...], Node] | None:
        """What a call imports, or takes from a module, by a name in a string; with the string.

        Those are `importlib.import_module("keras")`, `LazyLoader("keras", globals(), "keras")`,
        `__import__("tensorflow")` and `getattr(tf, "keras")`; None for other calls.
        """
        return self._named_by(call, scope, _DEPTH)

    def _named_by(
        self, call: Node, scope: Scope, depth: int
    ) -> tuple[tuple[str, ...], Node] | None:
        function = call.child_by_field_name("function")
        arguments = call.child_by_field_name("arguments")
        if function is None or arguments is None or depth == 0:
            return None
        last = text(function).rpartition(".")[2]
        if last not in _BY_STRING:
            return None
        given = argument_nodes(arguments)
        name = string_value(given[-1]) if len(given) == _BY_STRING[last] else None
        if not name or not all(part.isidentifier() for part in name.split(".")):
            return None
        builtin = function.type == "identifier" and scope.holder(last) is None
        names: tuple[str, ...] = ()
        if last == "LazyLoader":
            names = (name,)
        elif last == "import_module":
            known = self._expression(function, scope, depth - 1)
            names = (name,) if known == ("importlib.import_module",) else ()
        elif last == "__import__" and builtin:
            names = (name.split(".")[0],)
        elif last == "getattr" and builtin:
            owners = self._expression(given[0], scope, depth - 1)
            names = tuple(f"{owner}.{name}" for owner in owners)
        return (names, given[-1]) if names else None

    def imported(self, binding: Binding) -> tuple[str, ...]:
        """The qualified names that an import's binding can stand for: those of Keras, where a
        module of the project hands it on."""
        target = binding.target
        if not target:
            return ()
        known = target.startswith("tensorflow") or canonical(target) is not None
        if known or self.others is None or not target.strip("."):
            return (target,)
        return self.others.names_named(target, self.filename) or (target,)

    def exported(self, name: str) -> tuple[str, ...]:
        """The qualified names that `name` can stand for when the module has run."""
        return self._lookup(name, self.scope, self.scope.node.end_byte, _DEPTH - 1)

    def _lookup(self, name: str, scope: Scope, offset: int, depth: int) -> tuple[str, ...]:
        if depth == 0:
            return ()
        holder = scope.holder(name)
        if holder is None:
            return self._from_star(name)
        # What an inner function sees is the same everywhere in it.
        lasting = not scope.runs_within(holder) and depth == _DEPTH
        key = (id(holder), name)
        if lasting and key in self._names:
            return self._names[key]
        names: list[str] = []
        for binding in scope.reaching(name, offset):
            found = self._binding(binding, depth)
            if found is None:
                continue
            if not found:
                names = []
                break
            names += (one for one in found if one not in names)
        result = tuple(names)
        if lasting:
            self._names[key] = result
        return result

    def _binding(self, binding: Binding, depth: int) -> tuple[str, ...] | None:
        """What a binding stands for: empty if unknown, None if it is a placeholder for nothing."""
        if binding.kind is BindingKind.IMPORT:
            return self.imported(binding)
        value = binding.value
        if binding.kind is not BindingKind.ASSIGNMENT or value is None:
            return ()
        if binding.item is not None:
            value = unparenthesized(value)
            if value.type not in ("expression_list", "tuple", "list") or binding.item < 0:
                return ()
            items = argument_nodes(value)
            spread = any(item.type == "list_splat" for item in items)
            if spread or binding.item >= len(items):
                return ()
            value = items[binding.item]
        value = unparenthesized(value)
        if value.type == "none":
            return None
        return self._expression(value, binding.scope, depth - 1)

    def _expression(self, node: Node, scope: Scope, depth: int) -> tuple[str, ...]:
        attributes: list[str] = []
        node = unparenthesized(node)
        while node.type == "attribute":
            inner = node.child_by_field_name("object")
            attribute = node.child_by_field_name("attribute")
            if inner is None or attribute is None:
                return ()
            attributes.append(text(attribute))
            node = unparenthesized(inner)
        if node.type == "call":
            named = self._named_by(node, scope, depth)
            roots = () if named is None else named[0]
        elif node.type == "identifier":
            roots = self._lookup(text(node), scope, node.start_byte, depth)
        else:
            return ()
        return tuple(".".join([root, *reversed(attributes)]) for root in roots)

    def _from_star(self, name: str) -> tuple[str, ...]:
        if not self.star_modules or name in _BUILTINS:
            return ()
        for module in reversed(self.star_modules):
            path = canonical(module)
            if path is not None and symbol(f"{path}.{name}") is not None:
                return (f"{module}.{name}",)
        return ()
