"""A package that a project file requires, and a variable that it sets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from packaging.version import Version

from k3ls.text import Edit


class Clause(NamedTuple):
    """One condition of a version, as PEP 440 has it: `~=` and `2.4`."""

    operator: str
    version: str

    def admits(self, limit: Version) -> bool:
        """Whether it admits some release from `limit` on."""
        release = Version(self.version.removesuffix(".*"))
        if self.operator in (">", ">=", "!="):
            return True
        if self.operator == "<":
            return release > limit
        if self.operator == "~=":
            return _begins(release.release[:-1], limit)
        if self.version.endswith(".*"):
            return _begins(release.release, limit)
        # A pre-release is counted for what it comes before.
        return Version(release.base_version) >= limit

    def matters_from(self, limit: Version) -> bool:
        """Whether it forbids some release from `limit` on."""
        release = Version(self.version.removesuffix(".*"))
        if self.operator == "!=" and self.version.endswith(".*"):
            return _begins(release.release, limit)
        if self.operator in (">=", ">", "!="):
            return release > limit or (release == limit and self.operator != ">=")
        return True


def _begins(prefix: tuple[int, ...], limit: Version) -> bool:
    """Whether some version that begins with `prefix` isn't below `limit`."""
    return prefix >= (*limit.release, *[0] * len(prefix))[: len(prefix)]


class Neighbour(NamedTuple):
    """Where another requirement can be put before one, and what stands around its parts."""

    offset: int
    before: str
    between: str
    after: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A package that a file requires.

    Attributes:
        name: normalised: lower case, words joined by hyphens.
        clauses: the conditions of its version; None if they can't be told.
        section: which list of the file it stands in.
        main: whether that list is what the project needs to run, not an extra or a test.
        conda: whether conda installs it; pip does the others.
        applies: whether it is required with Python 3.9 or later, for which Keras 3 is.
        start: the byte offset where its text begins, with the name.
        name_end: where the name ends; at `start` if it stands elsewhere.
        specifier_start: where the conditions of its version begin.
        specifier_end: where they end; nothing is between the two if there are none.
        end: where its text ends.
        specifier: the text of the conditions.
        neighbour: where another requirement can be put before it, None where that isn't simple.
    """

    name: str
    clauses: tuple[Clause, ...] | None
    section: str
    main: bool
    start: int
    name_end: int
    specifier_start: int
    specifier_end: int
    end: int
    specifier: str = ""
    neighbour: Neighbour | None = None
    conda: bool = False
    applies: bool = True

    @property
    def written(self) -> str:
        """It with the conditions of its version, as a reader knows it."""
        space = " " if self.specifier[:1].isalnum() else ""
        return f"{self.name}{space}{self.specifier.strip()}"

    def admits(self, limit: Version) -> bool | None:
        """Whether some release from `limit` on fulfils it; None if that can't be told."""
        if self.clauses is None:
            return None
        return all(clause.admits(limit) for clause in self.clauses)

    def raised(self, limit: Version, name: str | None = None) -> tuple[Edit, ...]:
        """The edits that have it require `limit` or later, and keep what else it says; with a
        `name`, of that package. None if its version isn't known, or its name stands elsewhere."""
        if self.clauses is None or (name is not None and self.name_end == self.start):
            return ()
        space = " " if re.match(r"[<>=~!]+ ", self.specifier) else ""
        kept = [
            f"{clause.operator}{space}{clause.version}"
            for clause in self.clauses
            if clause.admits(limit) and clause.matters_from(limit)
        ]
        new = f",{space}".join([f">={space}{limit}", *kept])
        if name is None:
            return (Edit(self.specifier_start, self.specifier_end, new),)
        if self.specifier_start == self.name_end:
            return (Edit(self.start, self.specifier_end, name + new),)
        return (
            Edit(self.start, self.name_end, name),
            Edit(self.specifier_start, self.specifier_end, new),
        )

    def with_neighbour(self, name: str, specifier: str) -> tuple[Edit, ...]:
        """The edits that put another requirement before it; none where there is no place."""
        if self.neighbour is None:
            return ()
        offset, before, between, after = self.neighbour
        return (Edit(offset, offset, f"{before}{name}{between}{specifier}{after}"),)


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable that a file sets.

    Attributes:
        start: the byte offset where the setting begins.
        end: where it ends.
        removal: the edit that takes the setting away, None if that isn't simple.
    """

    name: str
    value: str
    start: int
    end: int
    removal: Edit | None
