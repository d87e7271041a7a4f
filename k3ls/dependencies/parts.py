"""Requirements as pip, conda and Poetry write them, with the places of their parts."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from packaging.version import InvalidVersion, Version

from k3ls.dependencies.requirement import Clause

if TYPE_CHECKING:
    from packaging.markers import Marker

_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_EXTRAS = re.compile(r"\[[^\]]*\]")
_SPECIFIER = re.compile(r"[<>=~!][^;@#()]*")
_CHANNEL = re.compile(r"[\w./-]+::")
# Versions for conda, with no more than one space anywhere, and a build.
_CONDA = re.compile(
    r"((?:[<>=~!]+ ?)?[\w.*!+]+(?: ?, ?[<>=~!]* ?[\w.*!+]+)*)(?:(?: ?= ?| )[\w.*]+)?"
)
_CLAUSE = re.compile(r"(===|==|~=|!=|<=|>=|<|>|=|\^|~|)\s*([\w.!+*-]+)")
_OLD_PYTHONS = ("2.7", "3.5", "3.6", "3.7", "3.8")
_PYTHONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
_SYSTEMS = (("linux", "Linux", "posix"), ("win32", "Windows", "nt"), ("darwin", "Darwin", "posix"))


class Parts(NamedTuple):
    """A requirement; the places count from the beginning of its text."""

    name: str
    clauses: tuple[Clause, ...] | None
    start: int
    name_end: int
    specifier: tuple[int, int]
    end: int
    applies: bool = True


def normalized(name: str) -> str:
    """A package's name as all its spellings are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def parts(written: bytes) -> Parts | None:
    """The parts of a requirement for pip, None for a text that is none."""
    from packaging.requirements import InvalidRequirement, Requirement

    text = written.decode("ascii", "replace")
    name = _NAME.match(text, _skip(text, 0))
    if name is None or not written.isascii():
        return None
    extras = _EXTRAS.match(text, _skip(text, name.end()))
    named = extras.end() if extras is not None else name.end()
    place = _skip(text, named)
    if text.startswith("(", place):
        place = _skip(text, place + 1)
    specifier = _SPECIFIER.match(text, place)
    clauses: tuple[Clause, ...] | None = None
    marker = None
    try:
        valid = Requirement(text.strip())
    except InvalidRequirement:
        # pip of old took more, such as `>=2.*`.
        if specifier is None:
            return None
    else:
        marker = valid.marker
        if valid.url is None:
            clauses = _clauses([(one.operator, one.version) for one in valid.specifier])
    return Parts(
        normalized(name.group()),
        clauses,
        name.start(),
        name.end(),
        (named, named)
        if specifier is None
        else (specifier.start(), specifier.start() + len(specifier.group().rstrip())),
        len(text.rstrip()),
        marker is None or _applies(marker),
    )


def conda_parts(written: bytes) -> Parts | None:
    """The parts of a requirement for conda, None for a text that is none."""
    text = written.decode("ascii", "replace")
    channel = _CHANNEL.match(text)
    name = _NAME.match(text, channel.end() if channel is not None else _skip(text, 0))
    if name is None or not written.isascii():
        return None
    rest = " ".join(text[name.end() :].split())
    versions = _CONDA.fullmatch(rest)
    if rest and versions is None:
        return None
    end = len(text.rstrip())
    return Parts(
        normalized(name.group()),
        clauses_of(versions[1] if versions is not None else ""),
        name.start(),
        name.end(),
        # A build belongs to its version.
        (name.end(), end),
        end,
    )


def _skip(text: str, place: int) -> int:
    space = _SPACE.match(text, place)
    return space.end() if space is not None else place


def clauses_of(specifier: str) -> tuple[Clause, ...] | None:
    """The conditions that Poetry or conda understands by `^2.4`, `~2.4`, `=2.4` or `2.4`.

    None if they can't be told, as with alternatives.
    """
    found: list[tuple[str, str]] = []
    for piece in filter(None, re.split(r"\s*,\s*", specifier.strip())):
        match = _CLAUSE.fullmatch(piece)
        if match is None:
            return None
        operator, version = match.groups()
        if version == "*":
            continue
        try:
            numbers = Version(version.removesuffix(".*")).release
        except InvalidVersion:
            return None
        if operator == "^":
            kept = next((i for i, one in enumerate(numbers) if one), len(numbers) - 1)
            found += ((">=", version), ("<", _next(numbers[: kept + 1])))
        elif operator == "~":
            found += ((">=", version), ("<", _next(numbers[:2])))
        elif operator == "=":
            found.append(("==", version.removesuffix(".*") + ".*"))
        else:
            found.append((operator or "==", version))
    return _clauses(found)


def _next(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, (*numbers[:-1], numbers[-1] + 1)))


def _clauses(found: list[tuple[str, str]]) -> tuple[Clause, ...] | None:
    try:
        for operator, version in found:
            release = Version(version.removesuffix(".*")).release
            if operator == "~=" and len(release) < 2:
                return None
    except InvalidVersion:
        return None
    return tuple(Clause(operator, version) for operator, version in found)


def _applies(marker: Marker) -> bool:
    """Whether a marker isn't one for Python below 3.9 alone; the same wherever it is asked."""
    from packaging.markers import UndefinedComparison

    try:
        return any(map(marker.evaluate, _environments(_PYTHONS))) or not any(
            map(marker.evaluate, _environments(_OLD_PYTHONS))
        )
    except UndefinedComparison:
        return True


@cache
def _environments(pythons: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    return tuple(
        {
            "extra": "",
            "implementation_name": "cpython",
            "implementation_version": f"{python}.0",
            "os_name": os_name,
            "platform_machine": machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": system,
            "platform_version": "",
            "python_full_version": f"{python}.0",
            "python_version": python,
            "sys_platform": platform,
        }
        for python, (platform, system, os_name), machine in product(
            pythons, _SYSTEMS, ("x86_64", "arm64")
        )
    )
