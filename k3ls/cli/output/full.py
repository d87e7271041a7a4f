"""Each finding with the code it is about; in colours on a terminal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TextIO
from unicodedata import category, east_asian_width

from k3ls.cli.output import one_line
from k3ls.engine.files import Checked
from k3ls.rules.finding import Finding
from k3ls.text import Source

# A text and its style, in the language of rich.
_Fragment = tuple[str, str]

_COLORS = {"error": "red", "warning": "yellow", "information": "cyan"}
_MOST_LINES = 5
_TAB = "    "
# A line of source must not steer the terminal.
_VISIBLE = {**dict.fromkeys([*range(32), *range(127, 160)], "\N{REPLACEMENT CHARACTER}"), 9: _TAB}


def write(results: Sequence[Checked], out: TextIO) -> None:
    show = _printer(out)
    for result in results:
        for finding in result.findings:
            show(_fragments(result, finding))


def _printer(out: TextIO) -> Callable[[Iterable[_Fragment]], None]:
    if not out.isatty() or os.environ.get("NO_COLOR"):
        return lambda fragments: out.writelines(text for text, _ in fragments)
    from rich.console import Console
    from rich.text import Text

    console = Console(file=out)
    return lambda fragments: console.print(Text.assemble(*fragments), soft_wrap=True, end="")


def _fragments(result: Checked, finding: Finding) -> Iterator[_Fragment]:
    line, column = result.source.lines.position(finding.start)
    color = _COLORS[finding.severity.value]
    yield f"{result.path}:{line + 1}:{column + 1}: ", "bold"
    yield f"{finding.code} ({finding.name}) ", color
    yield f"{finding.severity.value}: ", f"bold {color}"
    yield f"{one_line(finding.message)}\n", ""
    margin = " " * len(str(result.source.lines.line_of(finding.end) + 1))
    yield f"{margin} |\n", "dim"
    yield from _snippet(result.source, finding, len(margin), color)
    if finding.fixes:
        fix = finding.fixes[0]
        yield f"{margin} = ", "dim"
        yield f"[{fix.applicability.name.lower()}] ", "green"
        yield f"{one_line(fix.title)}\n", ""
    yield "\n", ""


def _snippet(source: Source, finding: Finding, margin: int, color: str) -> Iterator[_Fragment]:
    lines = source.lines
    first = lines.line_of(finding.start)
    last = lines.line_of(max(finding.start, finding.end - 1))
    for line in range(first, min(last + 1, first + _MOST_LINES)):
        data = lines.line_bytes(line)
        start = max(finding.start - lines.starts[line], 0)
        end = min(finding.end - lines.starts[line], len(data))
        if line > first:
            start = len(data) - len(data.lstrip())
        before = _visible(data[:start])
        marked = _visible(data[start:end])
        yield f"{line + 1:>{margin}} | ", "dim"
        yield f"{_visible(data)}\n", ""
        yield f"{'':>{margin}} | ", "dim"
        yield " " * _cells(before) + "^" * max(_cells(marked), 1) + "\n", color
    if last >= first + _MOST_LINES:
        yield f"{'':>{margin}} | ...\n", "dim"


def _visible(data: bytes) -> str:
    return data.decode("utf-8", "replace").translate(_VISIBLE)


def _cells(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(
        2 if east_asian_width(one) in "WF" else category(one) not in ("Mn", "Me", "Cf")
        for one in text
    )
