"""Comments that silence findings: `# k3ls: ignore[K301]` on a line, `# k3ls: skip-file`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from k3ls.syntax import Query, SyntaxTree, text
from k3ls.text import LineIndex

IGNORE = re.compile(r"#\s*k3ls:\s*ignore(?:\[([^\]]*)\])?", re.IGNORECASE)
_SKIP_FILE = re.compile(r"#\s*k3ls:\s*skip-file\b", re.IGNORECASE)
_COMMENTS = Query("(comment) @comment")

ALL: frozenset[str] = frozenset()


def comments(tree: SyntaxTree) -> list[tuple[int, str]]:
    """The comments that may silence something, with the byte offsets where they begin."""
    if b"k3ls" not in tree.data.lower():
        return []
    nodes = _COMMENTS.captures(tree.root).get("comment", ())
    return [(node.start_byte, text(node)) for node in nodes]


def suppressions(
    comments: Iterable[tuple[int, str]], lines: LineIndex
) -> Mapping[int, frozenset[str]] | None:
    """The codes silenced on each zero-based line, `ALL` for every code.

    None if the whole file is to be skipped.
    """
    found: dict[int, frozenset[str]] = {}
    for start, comment in comments:
        if _SKIP_FILE.search(comment):
            return None
        match = IGNORE.search(comment)
        if match is None:
            continue
        codes = match.group(1)
        line = lines.line_of(start)
        if codes is None:
            found[line] = ALL
        else:
            found[line] = frozenset(
                code.strip().upper() for code in codes.split(",") if code.strip()
            )
    return found
