"""What stands at a place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tree_sitter import Node

from k3ls.engine.suppress import IGNORE
from k3ls.rules.registry import rule
from k3ls.rules.rule import Rule
from k3ls.semantics import Import, Module, Reference
from k3ls.syntax import SyntaxTree, text

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


def name_at(module: Module, offset: int) -> NameAt | None:
    """The name at byte `offset`, in an expression or an import."""
    for item in module.items:
        if not _holds(item.node, offset):
            continue
        for reference in item.references:
            found = _in_reference(module, reference, offset)
            if found is not None:
                return found
        for statement in item.imports:
            found = _in_import(statement, offset)
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


def _holds(node: Node, offset: int) -> bool:
    return node.start_byte <= offset <= node.end_byte


def _in_reference(module: Module, reference: Reference, offset: int) -> NameAt | None:
    if not reference.names[0] or not reference.offset <= offset <= reference.node.end_byte:
        return None
    last = next(index for index, node in enumerate(reference.nodes) if offset <= node.end_byte)
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
