"""What stands at a place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from k3ls.engine.describe import describe_rule
from k3ls.engine.fate import Fate, member_fate, name_fate, parameter_fate, string_fate
from k3ls.engine.suppress import IGNORE
from k3ls.knowledge.symbols import canonical, symbol
from k3ls.rules.registry import rule, rules
from k3ls.rules.rule import Rule
from k3ls.rules.strings.identifiers import identifiers
from k3ls.semantics import Import, Item, Module, Reference, Scope, defines, kind_of
from k3ls.syntax import SyntaxTree, argument_nodes, text

_CODES = re.compile(rb"#\s*k3ls:\s*ignore\[([^\]]*)", re.IGNORECASE)
_CODE = re.compile(r"[^,\s]+")


@dataclass(frozen=True, slots=True)
class NameAt:
    """A name in the text, up to the part that was asked about: `tf.nn` of `tf.nn.relu`.

    Attributes:
        qualified: the qualified names that it can stand for.
        start: the byte offset where it begins.
        end: the byte offset where it ends.
    """

    qualified: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RuleAt:
    """A rule whose code stands in a comment, from byte `start` up to `end`."""

    rule: Rule
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Description:
    """What there is to say, in Markdown, about the bytes from `start` up to `end`."""

    text: str
    start: int
    end: int


def described_at(module: Module, offset: int) -> Description | None:
    """What there is to say about byte `offset`: what became of the name, the member of a value, the
    keyword of a call or the string there; what the rule does whose code stands in a comment."""
    silenced = silenced_rule_at(module.tree, offset)
    if silenced is not None:
        return Description(describe_rule(silenced.rule), silenced.start, silenced.end)
    found = next(_fates(module, offset), None)
    if found is None:
        return None
    fate, start, end = found
    return Description(fate.description, start, end)


def _fates(module: Module, offset: int) -> Iterator[tuple[Fate, int, int]]:
    for item in module.items:
        if not _holds(item.node, offset):
            continue
        name = _in_item(module, item, offset)
        for qualified in name.qualified if name is not None else ():
            fate = name_fate(qualified)
            if name is not None and fate is not None:
                yield fate, name.start, name.end
        for reference in (*item.references, *item.attributes_set):
            if reference.offset <= offset <= reference.node.end_byte:
                yield from _member(module, reference, offset)
        for call, scope in item.calls:
            if _holds(call, offset):
                yield from _keyword(module, call, scope, offset)
                for one in identifiers(call, scope, module):
                    fate = string_fate(one.area, one.value) if _holds(one.node, offset) else None
                    if fate is not None:
                        yield fate, one.node.start_byte, one.node.end_byte


def _member(module: Module, reference: Reference, offset: int) -> Iterator[tuple[Fate, int, int]]:
    """The attribute at `offset` of a value whose kind is known."""
    last = _part_at(reference, offset)
    if last == 0:
        return
    name = reference.names[last]
    owner = kind_of(module, reference.nodes[last - 1], reference.scope)
    attribute = reference.nodes[last].child_by_field_name("attribute")
    if owner is None or attribute is None or defines(module, owner, name):
        return
    fate = member_fate(owner.bases, name)
    if fate is not None:
        yield fate, attribute.start_byte, attribute.end_byte


def _keyword(
    module: Module, call: Node, scope: Scope, offset: int
) -> Iterator[tuple[Fate, int, int]]:
    """The keyword at `offset` of a call."""
    function = call.child_by_field_name("function")
    arguments = call.child_by_field_name("arguments")
    if function is None or arguments is None:
        return
    for argument in argument_nodes(arguments):
        keyword = argument.child_by_field_name("name")
        if argument.type != "keyword_argument" or keyword is None or not _holds(keyword, offset):
            continue
        for path in _called(module, function, scope):
            fate = parameter_fate(path, text(keyword))
            if fate is not None:
                yield fate, keyword.start_byte, keyword.end_byte


def _called(module: Module, function: Node, scope: Scope) -> Iterator[str]:
    """The public paths of the function, class or method that is called."""
    for name in module.names_of(function, scope):
        path = canonical(name)
        if path is not None:
            yield path
    owner = function.child_by_field_name("object")
    method = function.child_by_field_name("attribute")
    kind = kind_of(module, owner, scope) if owner is not None else None
    if kind is None or method is None or defines(module, kind, text(method)):
        return
    known = [one for one in map(symbol, kind.bases) if one and text(method) in one.methods]
    if known:
        yield f"{max(known, key=lambda one: len(one.bases)).path}.{text(method)}"


def name_at(module: Module, offset: int) -> NameAt | None:
    """The name at byte `offset`, in an expression or an import."""
    for item in module.items:
        found = _in_item(module, item, offset) if _holds(item.node, offset) else None
        if found is not None:
            return found
    return None


def silenced_rule_at(tree: SyntaxTree, offset: int) -> RuleAt | None:
    """The rule whose code is at byte `offset` in a `# k3ls: ignore[…]` comment."""
    node = tree.root.descendant_for_byte_range(offset, offset)
    if node is None or node.type != "comment":
        return None
    comment = text(node)
    match = IGNORE.search(comment)
    if match is None or match.group(1) is None:
        return None
    for code in _CODE.finditer(comment, match.start(1), match.end(1)):
        start = node.start_byte + len(comment[: code.start()].encode())
        end = start + len(code.group().encode())
        found = rule(code.group())
        if found is not None and start <= offset <= end:
            return RuleAt(found, start, end)
    return None


@dataclass(frozen=True, slots=True)
class CodesAt:
    """Where a code is being written in a comment that silences rules.

    Attributes:
        start: the byte offset where the code begins.
        end: the byte offset where it ends.
        rules: those that aren't in the comment yet.
    """

    start: int
    end: int
    rules: tuple[Rule, ...]


def codes_at(tree: SyntaxTree, offset: int) -> CodesAt | None:
    """What can be written at byte `offset` of a `# k3ls: ignore[…]` comment, which may still lack
    its end; None elsewhere."""
    node = tree.root.descendant_for_byte_range(max(offset - 1, 0), offset)
    if node is None or node.type != "comment":
        return None
    comment = node.text or b""
    match = _CODES.search(comment)
    place = offset - node.start_byte
    if match is None or not match.start(1) <= place <= match.end(1):
        return None
    listed = set()
    start = end = place
    for code in _CODE.finditer(comment.decode("latin-1"), match.start(1), match.end(1)):
        if code.start() <= place <= code.end():
            start, end = code.span()
        else:
            listed.add(code.group().upper())
    free = tuple(one for one in rules() if one.code not in listed)
    return CodesAt(node.start_byte + start, node.start_byte + end, free)


def _holds(node: Node, offset: int) -> bool:
    return node.start_byte <= offset <= node.end_byte


def _in_item(module: Module, item: Item, offset: int) -> NameAt | None:
    for reference in item.references:
        found = _in_reference(module, reference, offset)
        if found is not None:
            return found
    for statement in item.imports:
        found = _in_import(statement, offset)
        if found is not None:
            return found
    return None


def _part_at(reference: Reference, offset: int) -> int:
    """Which of a reference's names is at `offset`."""
    return next(index for index, node in enumerate(reference.nodes) if offset <= node.end_byte)


def _in_reference(module: Module, reference: Reference, offset: int) -> NameAt | None:
    if not reference.names[0] or not reference.offset <= offset <= reference.node.end_byte:
        return None
    last = _part_at(reference, offset)
    names = reference.names[1 : last + 1]
    qualified = tuple(".".join([root, *names]) for root in module.root_names(reference))
    return NameAt(qualified, reference.offset, reference.nodes[last].end_byte)


def _in_import(statement: Import, offset: int) -> NameAt | None:
    if statement.module.startswith("."):
        return None
    module = statement.module_node
    if module is not None and _holds(module, offset):
        return _in_dotted(module, "", offset)
    prefix = f"{statement.module}." if statement.module else ""
    for name in statement.names:
        if _holds(name.name_node, offset):
            return _in_dotted(name.name_node, prefix, offset)
        if _holds(name.node, offset):
            return NameAt((prefix + name.path,), name.node.start_byte, name.node.end_byte)
    return None


def _in_dotted(node: Node, prefix: str, offset: int) -> NameAt:
    """The part of a dotted name up to the word at `offset`."""
    parts = node.named_children
    last = next(index for index, part in enumerate(parts) if offset <= part.end_byte)
    path = ".".join(text(part) for part in parts[: last + 1])
    return NameAt((prefix + path,), node.start_byte, parts[last].end_byte)
