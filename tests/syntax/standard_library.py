"""The standard library of the running interpreter: much real Python, of every kind."""

from __future__ import annotations

import sysconfig
from functools import cache
from pathlib import Path

from k3ls.text import Source, SourceError

SHARES = 8


@cache
def files() -> tuple[Path, ...]:
    root = Path(sysconfig.get_path("stdlib"))
    found = tuple(sorted(path for path in root.rglob("*.py") if "site-packages" not in path.parts))
    assert len(found) > 500, "no standard library to look at"
    return found


def share(number: int) -> list[tuple[Path, Source]]:
    """One of `SHARES` equal parts of the files, but for the few that aren't text."""
    parts = [(path, source(path)) for path in files()[number::SHARES]]
    return [(path, found) for path, found in parts if found is not None]


def source(path: Path) -> Source | None:
    try:
        return Source.from_bytes(path.read_bytes())
    except SourceError:
        assert "test" in path.parts, f"{path} is no test of the tokenizer"
        return None
