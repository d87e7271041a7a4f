"""A project file as rules see it, and what the readers of its formats put it together with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from k3ls.dependencies.parts import Parts, parts
from k3ls.dependencies.requirement import Neighbour, Requirement, Variable
from k3ls.semantics import Others
from k3ls.text import Edit, Source

# Options that name other files with requirements.
_MORE = re.compile(rb"\s*(-r|--requirement|-e|--editable)\b")
_BLANK = re.compile(rb"[ \t]*")


@dataclass(frozen=True)
class ProjectFile:
    """What a project file requires and sets.

    Attributes:
        comments: the comments with the byte offsets where they begin.
        complete: whether nothing more is required by what couldn't be read, such as other files.
        generated: whether a program wrote it, which will write it again.
        others: knows the other files of its project; without it only this text counts.
    """

    filename: str
    requirements: tuple[Requirement, ...]
    variables: tuple[Variable, ...]
    comments: tuple[tuple[int, str], ...]
    complete: bool
    generated: bool
    others: Others | None

    def requires(self, section: str, name: str) -> bool:
        """Whether a list of the file requires the package `name`."""
        return any((one.section, one.name) == (section, name) for one in self.requirements)


@dataclass
class Reading:
    """A project file while it is read."""

    source: Source
    filename: str
    requirements: list[Requirement] = field(default_factory=list)
    variables: list[Variable] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    complete: bool = True
    generated: bool = False

    def done(self, others: Others | None) -> ProjectFile:
        return ProjectFile(
            self.filename,
            tuple(sorted(self.requirements, key=lambda one: one.start)),
            tuple(self.variables),
            tuple(self.comments),
            self.complete,
            self.generated,
            others,
        )

    @property
    def data(self) -> bytes:
        return self.source.data

    def require(
        self, start: int, written: bytes, section: str, *, main: bool, neighbour: Neighbour | None
    ) -> None:
        """Take what is written from byte `start` on for a requirement as pip understands it, or
        for an option."""
        found = parts(written)
        if found is not None:
            self.add(found, start, section, main=main, neighbour=neighbour)
        elif _MORE.match(written) or not written.lstrip().startswith(b"-"):
            self.complete = False

    def add(
        self,
        found: Parts,
        start: int,
        section: str,
        *,
        main: bool,
        neighbour: Neighbour | None,
        conda: bool = False,
    ) -> None:
        """Take the parts of a requirement, whose places count from `start`."""
        self.requirements.append(
            Requirement(
                found.name,
                found.clauses,
                section,
                main,
                start + found.start,
                start + found.name_end,
                start + found.specifier[0],
                start + found.specifier[1],
                start + found.end,
                self.data[start + found.specifier[0] : start + found.specifier[1]].decode(),
                neighbour,
                conda,
                found.applies,
            )
        )

    def set_variable(
        self, name: str, value: str, start: int, end: int, whole: tuple[int, int] | None = None
    ) -> None:
        """Take a variable that is set by the bytes from `start` up to `end`; `whole` is what goes
        with it where that is more."""
        removal = self.without(*(whole or (start, end)))
        self.variables.append(Variable(name, value, start, end, removal))

    def indent(self, offset: int) -> str | None:
        """What stands before `offset` on its line if it is only space."""
        start = self.source.lines.starts[self.source.lines.line_of(offset)]
        before = self.data[start:offset]
        return before.decode() if _BLANK.fullmatch(before) else None

    def before(self, offset: int, opening: str, closing: str, between: str = "") -> Neighbour:
        """The place before the item of a list that begins at `offset`; what is put there gets a
        line of its own if the item has one. `closing` ends with what divides the items."""
        indent = self.indent(offset)
        gap = " " if indent is None else self.source.newline + indent
        return Neighbour(offset, opening, between, closing + gap)

    def without(self, start: int, end: int) -> Edit | None:
        """The edit that takes the lines from `start` to `end` away, if nothing else is there but a
        comma and a comment."""
        lines = self.source.lines
        last = lines.line_of(end)
        after = lines.line_bytes(last)[end - lines.starts[last] :]
        after = after.lstrip().removeprefix(b",").lstrip()
        if self.indent(start) is None or (after and not after.startswith(b"#")):
            return None
        first = lines.starts[lines.line_of(start)]
        following = lines.starts[last + 1] if last + 1 < len(lines.starts) else len(self.data)
        return Edit(first, following, "")
