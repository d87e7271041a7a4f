"""Scopes and bindings: which names a piece of code has, and where each was bound.

A binding keeps the expression that gave its value, so that names and kinds can be followed
through it on demand; nothing is evaluated here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from tree_sitter import Node


class ScopeKind(Enum):
    MODULE = auto()
    CLASS = auto()
    FUNCTION = auto()
    LAMBDA = auto()
    COMPREHENSION = auto()


class BindingKind(Enum):
    IMPORT = auto()
    ASSIGNMENT = auto()
    ANNOTATION = auto()  # `x: int` with no value: it makes a name the scope's, and gives it none
    AUGMENTED = auto()
    PARAMETER = auto()
    FUNCTION = auto()
    CLASS = auto()
    LOOP = auto()  # also the targets of comprehensions
    WITH = auto()
    EXCEPT = auto()
    PATTERN = auto()  # a capture of a `case`
    DELETE = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """A block that may run once, often or never; `arms` of one statement exclude each other.

    Attributes:
        statement: the start of the `if`, `for`, `while`, `try` or `match` it belongs to.
        arm: which of the statement's blocks it is.
    """

    start: int
    end: int
    parent: Branch | None
    statement: int
    arm: int
    loop: bool
    exclusive: bool

    def holds(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def excludes(self, other: Branch | None) -> bool:
        """Whether code in this block and code in `other` never run in the same pass."""
        mine: Branch | None = self
        while mine is not None:
            theirs = other
            while theirs is not None:
                if (
                    mine.exclusive
                    and mine.statement == theirs.statement
                    and mine.arm != theirs.arm
                    and theirs.exclusive
                ):
                    # In a loop the other block may have run the time before.
                    return not mine.in_loop()
                theirs = theirs.parent
            mine = mine.parent
        return False

    def in_loop(self) -> bool:
        """Whether a loop is around this block."""
        branch: Branch | None = self
        while branch is not None and not branch.loop:
            branch = branch.parent
        return branch is not None


@dataclass(slots=True, eq=False)
class Binding:
    """One place that binds a name.

    Attributes:
        offset: the byte offset from which the binding holds.
        node: the identifier, or for an import the name's part of the statement.
        value: the expression bound, where there is one.
        item: for a value that is unpacked, the position of this name in the pattern; None for
            a name that takes the whole value, -1 for one that takes a part that can't be told.
        target: for an import, the qualified name (`tensorflow.keras.layers`), with leading dots
            for a relative one.
        statement: the import statement, `def`, `class` or assignment.
        inner: for a function or class, its own scope.
    """

    name: str
    kind: BindingKind
    scope: Scope
    offset: int
    node: Node
    branch: Branch | None
    value: Node | None = None
    item: int | None = None
    target: str | None = None
    statement: Node | None = None
    annotation: Node | None = None
    inner: Scope | None = None


@dataclass(slots=True, eq=False)
class Scope:
    """A namespace of Python.

    Attributes:
        node: the `def`, `class`, lambda or comprehension; the module's root node.
        name: of the function or class, empty for others.
        decorators: the decorators' expressions.
        branch: the block of the enclosing scope it stands in.
        elsewhere: names declared `global` or `nonlocal`.
        branches: the blocks of this scope in the order of the text.
        returns: the expressions a function returns.
        is_generator: whether a function yields.
        attributes: what a class's methods assign to attributes of their first parameter.
    """

    kind: ScopeKind
    node: Node
    parent: Scope | None
    name: str = ""
    branch: Branch | None = None
    decorators: list[Node] = field(default_factory=list)
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    elsewhere: dict[str, ScopeKind] = field(default_factory=dict)
    branches: list[Branch] = field(default_factory=list)
    returns: list[Node] = field(default_factory=list)
    is_generator: bool = False
    attributes: dict[str, list[Binding]] = field(default_factory=dict)

    def module(self) -> Scope:
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def enclosing(self) -> Iterator[Scope]:
        """This scope and those around it, innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def function(self) -> Scope | None:
        """The innermost `def` around this scope, this scope included."""
        for scope in self.enclosing():
            if scope.kind is ScopeKind.FUNCTION:
                return scope
            if scope.kind is ScopeKind.CLASS:
                return None
        return None

    def method_class(self) -> Scope | None:
        """The class whose method this function scope is."""
        if self.kind is ScopeKind.FUNCTION and self.parent is not None:
            return self.parent if self.parent.kind is ScopeKind.CLASS else None
        return None

    def bind(self, binding: Binding) -> None:
        self.bindings.setdefault(binding.name, []).append(binding)

    def settle(self) -> None:
        """Give what is bound to `global` and `nonlocal` names to the scope that has them."""
        for name, declared in self.elsewhere.items():
            holder = self.module() if declared is ScopeKind.MODULE else self.holder(name)
            if holder is self:
                continue
            for binding in self.bindings.pop(name, ()):
                # The holder's own code can't tell whether this one has run.
                at = binding.offset
                binding.branch = Branch(at, at, None, at, 0, loop=False, exclusive=False)
                if holder is not None:
                    holder.bind(binding)

    def sort(self) -> None:
        """Put blocks and bindings in the order of the text; a walk that is over calls it."""
        self.branches.sort(key=lambda branch: branch.start)
        for bindings in (*self.bindings.values(), *self.attributes.values()):
            bindings.sort(key=lambda binding: binding.offset)

    def holder(self, name: str) -> Scope | None:
        """The scope whose binding `name` means here, by Python's rules; None for a builtin or
        a name that is bound nowhere."""
        scope: Scope | None = self
        first = True
        while scope is not None:
            declared = scope.elsewhere.get(name)
            if declared is ScopeKind.MODULE:
                module = scope.module()
                return module if name in module.bindings else None
            visible = first or scope.kind is not ScopeKind.CLASS
            if declared is None and visible and name in scope.bindings:
                return scope
            # A comprehension sees the names of the class around it only in its first iterable,
            # which is evaluated in the class's own scope.
            first = False
            scope = scope.parent
        return None

    def reaching(self, name: str, offset: int) -> list[Binding]:
        """The bindings that `name`, read at `offset` in this scope, can have.

        In the scope that binds it: the last one before `offset`, and those before it as long as
        the later ones may not have run; in a loop also later ones. A class's body then goes on
        to look outside. Seen from an inner function: all, as it isn't known when that runs.
        """
        holder = self.holder(name)
        return self._reaching(name, offset, holder) if holder is not None else []

    def _reaching(self, name: str, offset: int, holder: Scope) -> list[Binding]:
        bindings = holder.bindings[name]
        if not self.runs_within(holder):
            silent = (BindingKind.DELETE, BindingKind.ANNOTATION)
            return [binding for binding in bindings if binding.kind not in silent]
        here = holder.branch_at(offset)
        first_later = bisect_right(bindings, offset, key=_offset)
        reached = []
        certain = -1
        for index in range(first_later - 1, -1, -1):
            binding = bindings[index]
            if binding.kind is BindingKind.ANNOTATION:
                continue
            if binding.branch is not None and binding.branch.excludes(here):
                continue
            reached.append(binding)
            if binding.branch is None or binding.branch.holds(offset):
                certain = binding.offset
                break
        else:
            if holder.kind is ScopeKind.CLASS:
                around = next(one for one in holder.enclosing() if one.kind is not ScopeKind.CLASS)
                outside = around.holder(name)
                if outside is not None:
                    reached += reversed(self._reaching(name, offset, outside))
        loop_end = self.loop_end(offset, holder, certain)
        end = bisect_right(bindings, loop_end, lo=first_later, key=_offset)
        later = bindings[first_later:end]
        reached.reverse()
        return reached + [one for one in later if one.kind is not BindingKind.ANNOTATION]

    def loop_end(self, offset: int, holder: Scope, start: int) -> int:
        """Where the outermost loop around `offset` ends that begins behind `start`, in this scope
        or those up to `holder`; `offset` where there is none."""
        end = offset
        for scope in self.enclosing():
            branch = scope.branch_at(offset)
            while branch is not None:
                if branch.loop and branch.start > start:
                    end = max(end, branch.end)
                branch = branch.parent
            if scope is holder:
                break
        return end

    def branch_at(self, offset: int) -> Branch | None:
        """The innermost block of this scope that holds `offset`."""
        index = bisect_right(self.branches, offset, key=lambda branch: branch.start) - 1
        branch = self.branches[index] if index >= 0 else None
        while branch is not None and not branch.holds(offset):
            branch = branch.parent
        return branch

    def runs_within(self, holder: Scope) -> bool:
        """Whether this scope's code runs where it stands in the code of `holder`, as the bodies
        of classes and comprehensions do."""
        scope: Scope | None = self
        while scope is not None and scope is not holder:
            if scope.kind not in (ScopeKind.CLASS, ScopeKind.COMPREHENSION):
                return False
            scope = scope.parent
        return scope is holder


def _offset(binding: Binding) -> int:
    return binding.offset
