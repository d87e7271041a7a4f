"""A source text as UTF-8 bytes that can be written back exactly as it was read."""

from __future__ import annotations

import re
import tokenize
from bisect import bisect_right
from codecs import BOM_UTF8
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

_LINE_END = re.compile(rb"\r\n|\r|\n")
# The bytes that continue a character in UTF-8, and those that begin one of two UTF-16 units.
_CONTINUING = bytes(range(0x80, 0xC0))
_ASTRAL = bytes(range(0xF0, 0x100))


class SourceError(Exception):
    """The bytes of a file are not text that can be analysed and written back.

    Attributes:
        message: one line that says what is wrong.
        line: the one-based line where it is wrong, 1 where no line can be told.
    """

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


class PositionEncoding(Enum):
    """What a column counts, by its LSP name; `utf-32` counts Unicode characters."""

    UTF8 = "utf-8"
    UTF16 = "utf-16"
    UTF32 = "utf-32"

    def length(self, data: bytes) -> int:
        """The number of this encoding's units in UTF-8 `data`."""
        if self is PositionEncoding.UTF8 or data.isascii():
            return len(data)
        characters = len(data.translate(None, _CONTINUING))
        if self is PositionEncoding.UTF32:
            return characters
        return characters + len(data) - len(data.translate(None, _ASTRAL))


class Position(NamedTuple):
    """A zero-based line, and a zero-based column in units of a `PositionEncoding`."""

    line: int
    column: int


class LineIndex:
    """Where the lines of UTF-8 `data` begin; `\\n`, `\\r\\n` and a lone `\\r` end a line."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(data))]

    def line_of(self, offset: int) -> int:
        """The zero-based line that holds byte `offset`."""
        return bisect_right(self.starts, offset) - 1

    def line_bytes(self, line: int) -> bytes:
        """The bytes of the zero-based `line`, without its line end."""
        start = self.starts[line]
        end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self._data)
        return self._data[start:end].rstrip(b"\r\n")

    def position(
        self, offset: int, encoding: PositionEncoding = PositionEncoding.UTF32
    ) -> Position:
        """The position of byte `offset`."""
        line = self.line_of(offset)
        return Position(line, encoding.length(self._data[self.starts[line] : offset]))

    def offset(
        self, position: Position, encoding: PositionEncoding = PositionEncoding.UTF32
    ) -> int:
        """The byte offset of `position`.

        A column past the end of its line means the line's end, as LSP has it, and a line past
        the last one the end of the text; a column inside a character means its beginning.
        """
        line, column = position
        if line < 0 or column < 0:
            raise ValueError(f"position {line}:{column} is negative")
        if line >= len(self.starts):
            return len(self._data)
        start = self.starts[line]
        content = self.line_bytes(line)
        if content.isascii():
            return start + min(column, len(content))
        if encoding is PositionEncoding.UTF8:
            end = min(column, len(content))
            while 0 < end < len(content) and content[end] in _CONTINUING:
                end -= 1
            return start + end
        units = 0
        for index, byte in enumerate(content):
            if byte in _CONTINUING:
                continue
            units += 2 if encoding is PositionEncoding.UTF16 and byte in _ASTRAL else 1
            if units > column:
                return start + index
        return start + len(content)


@dataclass(frozen=True)
class Source:
    """Python source: UTF-8 `data` without a byte order mark, and how the file had it encoded."""

    data: bytes
    encoding: str = "utf-8"
    bom: bool = False

    @classmethod
    def from_bytes(cls, raw: bytes) -> Source:
        """Read a file's bytes, honouring a byte order mark and a coding cookie.

        Raises:
            SourceError: the bytes are not in the encoding that the file declares, or decoding
                and encoding them again would not give the same bytes.
        """
        bom = raw.startswith(BOM_UTF8)
        body = raw[len(BOM_UTF8) :] if bom else raw
        lines = raw.splitlines(keepends=True)
        try:
            encoding, _ = tokenize.detect_encoding(iter(lines).__next__)
        except SyntaxError as error:
            # Either these two lines aren't UTF-8 or the cookie in one of them is wrong.
            _decoded(b"".join(lines[:2]), "utf-8")
            raise SourceError(str(error), 1 if b"coding" in lines[0] else 2) from None
        if encoding in ("utf-8", "utf-8-sig"):
            _decoded(body, "utf-8")
            return cls(body, "utf-8", bom)
        text = _decoded(body, encoding)
        try:
            if text.encode(encoding) == body:
                return cls(text.encode(), encoding, bom)
        except UnicodeError:
            pass
        raise SourceError(f"text in {encoding} would not be written back unchanged")

    @classmethod
    def from_text(cls, text: str) -> Source:
        """Take text that an editor or another program holds."""
        return cls(text.encode("utf-8", "surrogatepass"))

    def to_bytes(self) -> bytes:
        """The bytes of the file.

        Raises:
            SourceError: an edit brought a character that the file's encoding doesn't have.
        """
        if self.encoding == "utf-8":
            return BOM_UTF8 + self.data if self.bom else self.data
        text = self.data.decode("utf-8", "surrogatepass")
        try:
            return text.encode(self.encoding)
        except UnicodeEncodeError as error:
            before = text[: error.start].encode("utf-8", "surrogatepass")
            line = self.lines.line_of(len(before)) + 1
            raise SourceError(f"cannot be written in {self.encoding}: {error}", line) from None

    def with_data(self, data: bytes) -> Source:
        """The same file with other contents."""
        return Source(data, self.encoding, self.bom)

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "replace")

    @cached_property
    def lines(self) -> LineIndex:
        return LineIndex(self.data)

    @cached_property
    def newline(self) -> str:
        """The line end that most lines have, `\\n` where there is none."""
        counts = Counter(match.group() for match in _LINE_END.finditer(self.data))
        return counts.most_common(1)[0][0].decode() if counts else "\n"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = LineIndex(data).line_of(error.start) + 1
        raise SourceError(f"not valid {encoding.upper()}: {error.reason}", line) from None
    except (LookupError, ValueError) as error:
        raise SourceError(f"not valid {encoding.upper()}: {error}") from None
