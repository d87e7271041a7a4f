"""Source text: bytes, lines, positions in every encoding LSP knows, and edits."""

from k3ls.text.edits import Edit, OverlapError, apply_edits, merged
from k3ls.text.source import LineIndex, Position, PositionEncoding, Source, SourceError

__all__ = [
    "Edit",
    "LineIndex",
    "OverlapError",
    "Position",
    "PositionEncoding",
    "Source",
    "SourceError",
    "apply_edits",
    "merged",
]
