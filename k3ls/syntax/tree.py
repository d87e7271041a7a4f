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

from k3ls.text import Edit, LineIndex

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

    @property
    def root(self) -> tree_sitter.Node:
        return self._tree.root_node

    def edited(self, data: bytes, edits: Sequence[Edit]) -> SyntaxTree:
        """The tree of `data`, which is this tree's text after `edits`, parsed incrementally.

        The edits apply one after the other: each one's offsets are those of the text that the
        edits before it left, as in an LSP change notification.
        """
        old = self._tree.copy()
        text = self.data
        for edit in edits:
            new = edit.text.encode("utf-8", "surrogatepass")
            after = text[: edit.start] + new + text[edit.end :]
            old.edit(
                edit.start,
                edit.end,
                edit.start + len(new),
                _point(text, edit.start),
                _point(text, edit.end),
                _point(after, edit.start + len(new)),
            )
            text = after
        return SyntaxTree(data, _parser().parse(_readable(data), old))

    def changed_ranges(self, newer: SyntaxTree) -> list[tuple[int, int]]:
        """The byte ranges of `newer`, made from this tree by `edited`, whose structure differs."""
        ranges = self._tree.changed_ranges(newer._tree)
        return [(changed.start_byte, changed.end_byte) for changed in ranges]

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


def _point(data: bytes, offset: int) -> tree_sitter.Point:
    lines = LineIndex(data[:offset])
    return tree_sitter.Point(len(lines.starts) - 1, offset - lines.starts[-1])
