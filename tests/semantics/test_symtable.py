"""Scopes, the names bound in them and the names read there, against Python's own symbol tables.

Over the whole standard library the two agree. What is left out, and why:

- files that tree-sitter can't parse without an error; there are next to none,
- names read in files that turn annotations into strings: the symbol tables leave those out,
- names read in quoted annotations and type comments, for the same reason,
- the target of `x += 1`: the symbol tables don't count it as read,
- the names `type`, for `type(x).name = 1` looks like a type alias to the grammar, and
  `__class__`, which every `super()` reads.

From Python 3.12 on the tables show what the compiler makes of scopes: comprehensions are a part
of the code around them, type parameters have scopes of their own. There nothing is compared.

Names are compared as the compiler writes them: private ones with their class, and in NFKC.
"""

from __future__ import annotations

import symtable
import sys
import unicodedata
import warnings
from collections import Counter, defaultdict

import pytest

from k3ls.semantics import BindingKind, Module, Scope, ScopeKind
from k3ls.syntax import parse
from k3ls.text import Source
from tests.syntax.standard_library import SHARES, share

COMPARABLE = sys.version_info < (3, 12)
UNLIKE = {"type", "__class__"}

# A scope is told by its name and its first line.
Place = tuple[str, int]
ANONYMOUS = {
    "module": "top",
    "lambda": "lambda",
    "list_comprehension": "listcomp",
    "set_comprehension": "setcomp",
    "dictionary_comprehension": "dictcomp",
    "generator_expression": "genexpr",
}


def place(scope: Scope) -> Place:
    name = ANONYMOUS.get(scope.node.type) or scope.name
    return name, 0 if scope.kind is ScopeKind.MODULE else scope.node.start_point.row + 1


def compiled(name: str, scope: Scope) -> str:
    owner = next((one.name for one in scope.enclosing() if one.kind is ScopeKind.CLASS), "")
    owner = owner.lstrip("_")
    if owner and name.startswith("__") and not name.endswith("__"):
        name = f"_{owner}{name}"
    return unicodedata.normalize("NFKC", name)


class Names:
    """The scopes of a module, and by scope the names that are bound and read there."""

    def __init__(self) -> None:
        self.places: Counter[Place] = Counter()
        self.bound: dict[Place, set[str]] = defaultdict(set)
        self.read: dict[Place, set[str]] = defaultdict(set)


def ours(module: Module) -> Names:
    names = Names()
    augmented = set()
    for scope in [module.scope, *(scope for item in module.items for scope in item.scopes)]:
        where = place(scope)
        names.places[where] += 1
        for name, bindings in scope.bindings.items():
            # What a function binds that declares it `global` is in no table but the function's.
            if any(one.scope.runs_within(scope) for one in bindings):
                names.bound[where].add(compiled(name, scope))
            augmented |= {
                one.node.start_byte for one in bindings if one.kind is BindingKind.AUGMENTED
            }
    for reference in module.references:
        offset = reference.offset
        around = module.tree.root.descendant_for_byte_range(offset, offset + 1)
        quoted = around is not None and around.type in ("string_content", "comment")
        if reference.names[0] and offset not in augmented and not quoted:
            name = compiled(reference.names[0], reference.scope)
            names.read[place(reference.scope)].add(name)
    return names


def pythons(source: Source) -> Names | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            queue = [symtable.symtable(source.text, "", "exec")]
    except (SyntaxError, ValueError):
        return None
    names = Names()
    while queue:
        table = queue.pop()
        queue += table.get_children()
        where = (table.get_name(), table.get_lineno())
        names.places[where] += 1
        for symbol in table.get_symbols():
            if symbol.get_name().startswith("."):
                continue
            if symbol.is_local():
                names.bound[where].add(symbol.get_name())
            if symbol.is_referenced():
                names.read[where].add(symbol.get_name())
    return names


def compare(module: Module, source: Source, path: str) -> None:
    mine, theirs = ours(module), pythons(source)
    if theirs is None:
        # Tests of the parser, and code of Python 2, some of which tree-sitter parses.
        assert "test" in path
        return
    assert mine.places == theirs.places, path
    for where in mine.places:
        assert mine.bound[where] == theirs.bound[where], (path, where)
        if b"import annotations" not in source.data:
            assert mine.read[where] ^ theirs.read[where] <= UNLIKE, (path, where)


@pytest.mark.parametrize("number", range(SHARES))
def test_standard_library(number: int) -> None:
    with_errors = []
    for path, source in share(number):
        tree = parse(source.data)
        module = Module(tree)
        for reference in module.references:
            names = module.qualified(reference)
            assert not any(name.startswith("tensorflow") for name in names), path
        if tree.root.has_error:
            with_errors.append(path)
        elif COMPARABLE:
            compare(module, source, str(path))
    assert len(with_errors) <= 5, with_errors
