"""Writing methods into a class."""

from __future__ import annotations

from collections.abc import Sequence

from k3ls.rules.context import Context
from k3ls.semantics import Scope
from k3ls.text import Edit


def append_methods(cls: Scope, methods: Sequence[Sequence[str]], context: Context) -> Edit | None:
    """The edit that adds methods at the end of a class, each given by its lines without the
    class's indentation; None for a class that is written on one line."""
    name = cls.node.child_by_field_name("name")
    body = cls.node.child_by_field_name("body")
    if name is None or body is None or not body.named_children:
        return None
    if body.start_point.row <= name.end_point.row:
        return None
    outer = context.indentation(body.named_children[0])
    lines = []
    for method in methods:
        indented = (line.replace("    ", context.indent) for line in method)
        lines += ["", *(f"{outer}{line}" for line in indented)]
    lines_of = context.source.lines
    line = lines_of.line_of(body.named_children[-1].end_byte)
    end = lines_of.starts[line] + len(lines_of.line_bytes(line))
    newline = context.source.newline
    return Edit(end, end, newline + newline.join(lines))
