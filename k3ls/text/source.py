"""A source text as UTF-8 bytes that can be written back exactly as it was read."""

from __future__ import annotations

import io
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
        text = data.decode("utf-8", "replace")
        if self is PositionEncoding.UTF32:
            return len(text)
        return len(text) + sum(character > "\uffff" for character in text)


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
            while 0 < end < len(content) and content[end] & 0xC0 == 0x80:
                end -= 1
            return start + end
        units = 0
        used = 0
        for character in content.decode("utf-8", "replace"):
            units += 2 if encoding is PositionEncoding.UTF16 and character > "\uffff" else 1
            if units > column:
                break
            used += len(character.encode())
        return start + used


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
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        except SyntaxError as error:
            raise SourceError(str(error)) from None
        bom = raw.startswith(BOM_UTF8)
        body = raw[len(BOM_UTF8) :] if bom else raw
        if encoding in ("utf-8", "utf-8-sig"):
            try:
                body.decode("utf-8")
            except UnicodeDecodeError as error:
                line = LineIndex(body).line_of(error.start) + 1
                raise SourceError(f"not valid UTF-8: {error.reason}", line) from None
            return cls(body, "utf-8", bom)
        try:
            text = body.decode(encoding)
            if text.encode(encoding) != body:
                raise SourceError(f"text in {encoding} would not be written back unchanged")
            return cls(text.encode(), encoding, bom)
        except UnicodeError as error:
            raise SourceError(f"not valid {encoding}: {error}") from None

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
        try:
            return self.data.decode().encode(self.encoding)
        except UnicodeError as error:
            raise SourceError(f"cannot be written in {self.encoding}: {error}") from None

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
