"""Parsing with tree-sitter: whole texts, and again after edits."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import tree_sitter
import tree_sitter_python

from k3ls.text import Edit

PYTHON = tree_sitter.Language(tree_sitter_python.language())
_LONE_CARRIAGE_RETURN = re.compile(rb"\r(?!\n)")


class Query:
    """A tree-sitter query over Python, compiled once."""

    def __init__(self, pattern: str) -> None:
        self._query = tree_sitter.Query(PYTHON, pattern)

    def captures(self, node: tree_sitter.Node) -> dict[str, list[tree_sitter.Node]]:
        """The nodes at and below `node` by capture name."""
        return tree_sitter.QueryCursor(self._query).captures(node)


@dataclass(frozen=True)
class SyntaxTree:
    """The tree of `data`; every node's offsets are byte offsets into `data`."""

    data: bytes
    _tree: tree_sitter.Tree
    _changes: tuple[tuple[int, int], ...] = ()

    @property
    def root(self) -> tree_sitter.Node:
        return self._tree.root_node

    def edited(self, data: bytes, edits: Sequence[Edit]) -> SyntaxTree:
        """The tree of `data`, which is this tree's text after `edits`, parsed incrementally.

        The edits apply one after the other: each one's offsets are those of the text that the
        edits before it left, as in an LSP change notification.
        """
        old = self._tree.copy()
        text, lines = self.data, _readable(self.data)
        changes: list[tuple[int, int]] = []
        for edit in edits:
            new = edit.text.encode("utf-8", "surrogatepass")
            after = text[: edit.start] + new + text[edit.end :]
            # What follows a carriage return decides whether it ends a line by itself.
            start = edit.start - text.endswith(b"\r", 0, edit.start)
            end = edit.start + len(new)
            before, lines = lines, _readable(after)
            old.edit(
                start,
                edit.end,
                end,
                _point(before, start),
                _point(before, edit.end),
                _point(lines, end),
            )
            changes = [(_moved(one, edit, end), _moved(two, edit, end)) for one, two in changes]
            changes.append((edit.start, end))
            text = after
        tree = _parser().parse(_readable(data), old)
        changes += [(one.start_byte, one.end_byte) for one in old.changed_ranges(tree)]
        return SyntaxTree(data, tree, tuple(_merged(changes)))

    def changed_ranges(self, newer: SyntaxTree) -> list[tuple[int, int]]:
        """The byte ranges of `newer`, made from this tree by `edited`, that differ from it.

        They cover every edit and whatever has another structure now, in the order of the text;
        where text was only taken away the range is empty.
        """
        return list(newer._changes)

    def expression_in(self, node: tree_sitter.Node, start: int) -> tree_sitter.Node | None:
        """The expression that the text of `node` from byte `start` on is, for code in a string or a
        comment; its nodes have their places in this tree's data. None if it isn't an expression.

        `start` is on the first line of `node`.
        """
        row, column = node.start_point
        begin = tree_sitter.Point(row, column + start - node.start_byte)
        inside = tree_sitter.Range(begin, node.end_point, start, node.end_byte)
        parser = tree_sitter.Parser(PYTHON, included_ranges=[inside])
        root = parser.parse(_readable(self.data)).root_node
        statements = [child for child in root.named_children if child.type != "comment"]
        if root.has_error or len(statements) != 1:
            return None
        if statements[0].type != "expression_statement" or statements[0].named_child_count != 1:
            return None
        return statements[0].named_children[0]

    def syntax_error(self) -> tuple[int, str] | None:
        """The one-based line and message of the first error, or None for a text that parses.

        Python's own parser has the last word on a text that tree-sitter stumbles over.
        """
        if not self.root.has_error:
            return None
        return python_syntax_error(self.data)


def parse(data: bytes) -> SyntaxTree:
    """Parse UTF-8 `data`; a text with errors has a tree too, with nodes that say so."""
    return SyntaxTree(data, _parser().parse(_readable(data)))


def python_syntax_error(data: bytes) -> tuple[int, str] | None:
    """What this interpreter's parser says against `data`: a one-based line and a message."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(data.decode("utf-8", "replace"))
    except SyntaxError as error:
        return error.lineno or 1, error.msg
    except (ValueError, RecursionError, MemoryError) as error:
        return 1, str(error) or "nested too deeply"
    return None


@cache
def _parser() -> tree_sitter.Parser:
    return tree_sitter.Parser(PYTHON)


def _readable(data: bytes) -> bytes:
    """Python ends a line at a lone carriage return and tree-sitter doesn't; offsets stay."""
    return _LONE_CARRIAGE_RETURN.sub(b"\n", data) if b"\r" in data else data


def _point(lines: bytes, offset: int) -> tree_sitter.Point:
    row = lines.count(b"\n", 0, offset)
    return tree_sitter.Point(row, offset - lines.rfind(b"\n", 0, offset) - 1)


def _moved(offset: int, edit: Edit, end: int) -> int:
    """Where `offset` is after an edit whose new text ends at `end`."""
    return offset if offset <= edit.start else max(offset - edit.end, 0) + end


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
