"""Edits of a text: checked against each other and applied together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class OverlapError(ValueError):
    """Two edits want the same text, or insert different text at the same place."""


class Edit(NamedTuple):
    """Put `text` in place of the bytes from `start` up to `end`."""

    start: int
    end: int
    text: str

    def touches(self, other: Edit) -> bool:
        """Whether the two can't both be applied without one deciding for the other.

        Edits that only stand side by side don't touch, unless one of them inserts there: which
        text comes first would be a guess.
        """
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Apply `edits` to `data`, all positions being those of `data`; equal edits count once.

    Raises:
        OverlapError: two edits touch.
        ValueError: an edit lies outside `data`.
    """
    pieces: list[bytes] = []
    end = 0
    previous: Edit | None = None
    for edit in sorted(set(edits)):
        if previous is not None and previous.touches(edit):
            raise OverlapError(f"{previous} and {edit} touch")
        if not 0 <= edit.start <= edit.end <= len(data):
            raise ValueError(f"{edit} is outside of {len(data)} bytes")
        pieces += (data[end : edit.start], edit.text.encode("utf-8", "surrogatepass"))
        end = edit.end
        previous = edit
    pieces.append(data[end:])
    return b"".join(pieces)


def merged(edits: Iterable[Edit]) -> list[Edit]:
    """The edits with those at one place made into one, in the order they were given."""
    done: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, one.end)):
        last = done[-1] if done else None
        inserts = last is not None and (last.start == last.end or edit.start == edit.end)
        if last is not None and inserts and last.end == edit.start:
            done[-1] = Edit(last.start, edit.end, last.text + edit.text)
        else:
            done.append(edit)
    return done
