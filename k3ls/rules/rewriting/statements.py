"""Statements that a fix writes, without those that nothing needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """A statement of `build`; one that builds a layer is kept whatever follows."""

    source: str
    sets: tuple[str, ...] = ()
    builds: bool = False

    def value(self) -> str:
        return self.source.partition(" = ")[2] if self.sets else self.source

    def reads(self) -> set[str]:
        return _names_in(self.value())


@dataclass(slots=True)
class Block:
    """An `if` or `for` of `build`; `test` is the condition of an `if`."""

    header: str
    test: str | None = None
    body: list[Line | Block] = field(default_factory=list)
    otherwise: list[Line | Block] = field(default_factory=list)

    def reads(self) -> set[str]:
        return _names_in(self.header)


def _names_in(source: str) -> set[str]:
    return set(re.findall(r"(?<![\w.])[A-Za-z_]\w*", source))


def rendered(lines: Sequence[Line | Block], indent: str, step: str) -> Iterator[str]:
    """The statements as lines of text."""
    for line in lines:
        if isinstance(line, Line):
            yield indent + line.source
            continue
        yield indent + line.header
        yield from rendered(line.body, indent + step, step)
        last = line.otherwise[0] if len(line.otherwise) == 1 else None
        if isinstance(last, Block) and last.test is not None:
            first, *others = rendered([last], indent, step)
            yield f"{indent}el{first.removeprefix(indent)}"
            yield from others
        elif line.otherwise:
            yield f"{indent}else:"
            yield from rendered(line.otherwise, indent + step, step)


def pruned(
    lines: Sequence[Line | Block], live: set[str], *, building: bool
) -> tuple[list[Line | Block], set[str]]:
    """The statements without those whose values nothing reads, and what they read."""
    kept: list[Line | Block] = []
    live = set(live)
    for line in reversed(lines):
        if isinstance(line, Line):
            if live.isdisjoint(line.sets):
                if not (building and line.builds):
                    continue
                line = Line(line.value(), builds=True)
            live -= set(line.sets)
            live |= line.reads()
            kept.append(line)
            continue
        body, needed = pruned(line.body, live, building=building)
        while line.test is None and not needed <= live:
            live |= needed
            body, needed = pruned(line.body, live, building=building)
        otherwise, also = pruned(line.otherwise, live, building=building)
        header = line.header if body else f"if not ({line.test}):"
        if body or otherwise:
            kept.append(Block(header, line.test, body or otherwise, otherwise if body else []))
            live |= needed | also | line.reads()
    kept.reverse()
    return kept, live
