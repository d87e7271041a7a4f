"""Writing the comment that silences a finding."""

from __future__ import annotations

from tree_sitter import Node

from k3ls.engine.suppress import IGNORE
from k3ls.rules.finding import Finding
from k3ls.syntax import SyntaxTree, text
from k3ls.text import Edit, LineIndex


def add_suppression(tree: SyntaxTree, lines: LineIndex, finding: Finding) -> Edit | None:
    """The edit that has a comment silence `finding`, at the end of its first line or, where that
    can't take a comment, of its last one; None if neither can."""
    for offset in (finding.start, finding.end):
        edit = _at_end(tree, lines, lines.line_of(offset), finding.code)
        if edit is not None:
            return edit
    return None


def _at_end(tree: SyntaxTree, lines: LineIndex, line: int, code: str) -> Edit | None:
    content = lines.line_bytes(line)
    end = lines.starts[line] + len(content)
    used = lines.starts[line] + len(content.rstrip())
    last = tree.root.descendant_for_byte_range(used - 1, used)
    if last is None:
        return None
    if last.type == "comment":
        match = IGNORE.search(text(last))
        if match is not None:
            if match.group(1) is None:
                return None
            codes = last.start_byte + len(text(last)[: match.end(1)].rstrip().encode())
            return Edit(codes, codes, f", {code}")
    elif content.endswith(b"\\") or _in_string(last, end):
        return None
    return Edit(used, end, f"  # k3ls: ignore[{code}]")


def _in_string(node: Node, end: int) -> bool:
    """Whether a line that ends at `end` with `node` goes on inside a string."""
    around: Node | None = node
    while around is not None:
        if around.type == "string" and around.end_byte > end:
            return True
        around = around.parent
    return False
