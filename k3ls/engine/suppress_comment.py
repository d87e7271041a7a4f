"""Writing the comment that silences a finding."""

from __future__ import annotations

from k3ls.engine.suppress import IGNORE
from k3ls.rules.finding import Finding
from k3ls.syntax import SyntaxTree, text
from k3ls.text import Edit, LineIndex


def add_suppression(tree: SyntaxTree | None, lines: LineIndex, finding: Finding) -> Edit | None:
    """The edit that has a comment silence `finding`, at the end of its first line or, where that
    can't take a comment, of its last one; None if neither can.

    `tree` is None for a text that isn't Python.
    """
    for offset in (finding.start, finding.end):
        edit = _at_end(tree, lines, lines.line_of(offset), finding.code)
        if edit is not None:
            return edit
    return None


def _at_end(tree: SyntaxTree | None, lines: LineIndex, line: int, code: str) -> Edit | None:
    content = lines.line_bytes(line)
    end = lines.starts[line] + len(content)
    used = lines.starts[line] + len(content.rstrip())
    comment = _comment(tree, lines.starts[line], content, used)
    if comment is not None:
        match = IGNORE.search(comment[1])
        if match is not None:
            if match.group(1) is None:
                return None
            codes = comment[0] + len(comment[1][: match.end(1)].rstrip().encode())
            return Edit(codes, codes, f", {code}")
    elif content.endswith(b"\\") or (tree is not None and _in_string(tree, used, end)):
        return None
    return Edit(used, end, f"  # k3ls: ignore[{code}]")


def _comment(
    tree: SyntaxTree | None, start: int, content: bytes, used: int
) -> tuple[int, str] | None:
    """The comment that ends at byte `used` a line that begins at `start`, and where it begins."""
    if tree is None:
        before, mark, comment = content.partition(b" #")
        return (start + len(before), (mark + comment).decode("utf-8", "replace")) if mark else None
    last = tree.root.descendant_for_byte_range(used - 1, used)
    return (last.start_byte, text(last)) if last is not None and last.type == "comment" else None


def _in_string(tree: SyntaxTree, used: int, end: int) -> bool:
    """Whether a line that ends at `end`, and whose last character ends at `used`, goes on inside
    a string."""
    around = tree.root.descendant_for_byte_range(used - 1, used)
    while around is not None:
        if around.type == "string" and around.end_byte > end:
            return True
        around = around.parent
    return False
