"""Files are read and written back exactly; positions mean the same place in every encoding."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k3ls.text import LineIndex, Position, PositionEncoding, Source, SourceError

FILES = {
    "utf-8": ("x = 'é漢😀'\n".encode(), "x = 'é漢😀'\n"),
    "byte order mark": (BOM_UTF8 + b"x = 1\n", "x = 1\n"),
    "only a byte order mark": (BOM_UTF8, ""),
    "byte order mark and cookie": (
        BOM_UTF8 + "# coding: utf-8\nx = 'é'\n".encode(),
        "# coding: utf-8\nx = 'é'\n",
    ),
    "two byte order marks": (BOM_UTF8 * 2 + b"x\n", "\ufeffx\n"),
    "crlf": (b"a\r\nb\r\n", "a\r\nb\r\n"),
    "lone cr": (b"a\rb\r", "a\rb\r"),
    "mixed line ends": (b"a\r\nb\rc\n\r\rd\n\n", "a\r\nb\rc\n\r\rd\n\n"),
    "no final newline": (b"a\nb", "a\nb"),
    "form feed": (b"a\n\x0c\nb\n", "a\n\x0c\nb\n"),
    "nul": (b"a = '\0'\n", "a = '\0'\n"),
    "empty": (b"", ""),
    "unicode line separators": ("x = '\u2028\x85\x0b'\n".encode(), "x = '\u2028\x85\x0b'\n"),
    "latin-1": (b"# coding: latin-1\nx = '\xe9'\n", "# coding: latin-1\nx = 'é'\n"),
    "cp1252": (b"# -*- coding: cp1252 -*-\nx = '\x80'\n", "# -*- coding: cp1252 -*-\nx = '€'\n"),
    "shift_jis": (b"# coding: shift_jis\nx = '\x8a\xbf'\n", "# coding: shift_jis\nx = '漢'\n"),
    "utf8 by another name": (
        "# vim: set fileencoding=utf8 :\nx = 'é'\n".encode(),
        "# vim: set fileencoding=utf8 :\nx = 'é'\n",
    ),
    "cookie in the second line": (
        b"#!/usr/bin/python\r\n# coding: latin-1\r\nx = '\xe9'\r\n",
        "#!/usr/bin/python\r\n# coding: latin-1\r\nx = 'é'\r\n",
    ),
    "cookie behind a lone cr": (
        b"#!/usr/bin/python\r# coding: latin-1\rx = '\xe9'\r",
        "#!/usr/bin/python\r# coding: latin-1\rx = 'é'\r",
    ),
    "cookie too late": (
        "x\ny\n# coding: latin-1\nz = 'é'\n".encode(),
        "x\ny\n# coding: latin-1\nz = 'é'\n",
    ),
    "cookie too late behind lone crs": (
        "# x\r# y\r# coding: latin-1\rz = 'é'\r".encode(),
        "# x\r# y\r# coding: latin-1\rz = 'é'\r",
    ),
}


@pytest.mark.parametrize(("raw", "text"), FILES.values(), ids=FILES)
def test_a_file_is_read_and_written_back(raw: bytes, text: str) -> None:
    source = Source.from_bytes(raw)
    assert source.text == text
    assert source.data == text.encode()
    assert source.to_bytes() == raw


@given(st.text())
def test_text_makes_the_round_trip(text: str) -> None:
    assert Source.from_text(text).to_bytes() == text.encode()
    assert Source.from_text(text).text == text


@given(
    st.sampled_from(
        [b"", BOM_UTF8, b"# coding: latin-1\n", b"# coding: utf-7\r", b"# coding: gbk\n"]
    ),
    st.binary(),
)
def test_any_bytes_make_the_round_trip_or_are_refused(head: bytes, tail: bytes) -> None:
    raw = head + tail
    try:
        written, line = Source.from_bytes(raw).to_bytes(), 1
    except SourceError as error:
        written, line = raw, error.line
    assert written == raw
    assert 1 <= line <= len(re.split(rb"\r\n|\r|\n", raw))


REFUSED = {
    "not utf-8": (b"x = 1\ny = '\xe9'\n", 2, "not valid UTF-8: invalid continuation byte"),
    "not utf-8 later on": (b"1\n2\n3\n4 = '\xff'\n", 4, "not valid UTF-8: invalid start byte"),
    "not utf-8 behind lone crs": (b"1\r2\r\n3\r4 = '\xff'\r", 4, "not valid UTF-8"),
    "not utf-8 behind a mark": (BOM_UTF8 + b"1\n2 = '\xff'\n", 2, "not valid UTF-8"),
    "cut off": ("1\n2\n3 = 'é".encode()[:-1], 3, "not valid UTF-8: unexpected end of data"),
    "unknown encoding": (b"# coding: nonsense\nx = 1\n", 1, "unknown encoding: nonsense"),
    "unknown encoding in line 2": (b"#!python\n# coding: nonsense\n", 2, "nonsense"),
    "mark and another encoding": (BOM_UTF8 + b"# coding: latin-1\n", 1, "encoding problem"),
    "not ascii": ("# coding: ascii\nx = 1\ny = 'é'\n".encode(), 3, "not valid ASCII"),
    "not cp1252": (b"# coding: cp1252\n\n\n\nx = '\x81'\n", 5, "not valid CP1252"),
    "no text encoding": (b"# coding: hex\n00\n", 1, "not valid HEX"),
    "another way to write the same": (b"# coding: utf-7\nx = '+AGE-'\n", 1, "unchanged"),
}


@pytest.mark.parametrize(("raw", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(raw: bytes, line: int, message: str) -> None:
    with pytest.raises(SourceError, match=re.escape(message)) as refused:
        Source.from_bytes(raw)
    assert refused.value.line == line
    assert refused.value.message == str(refused.value)
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    "text", ["# coding: latin-1\r\nx = 'é'\ry = '漢'\n", "x\n\ny = '\ud800'\n"]
)
def test_what_the_encoding_lacks_is_not_written(text: str) -> None:
    source = Source.from_bytes(b"# coding: latin-1\n")
    with pytest.raises(SourceError, match="cannot be written in iso-8859-1") as refused:
        source.with_data(text.encode("utf-8", "surrogatepass")).to_bytes()
    assert refused.value.line == 3


def test_other_contents_keep_the_encoding() -> None:
    marked = Source.from_bytes(BOM_UTF8 + b"x")
    assert marked.with_data(b"y").to_bytes() == BOM_UTF8 + b"y"
    latin = Source.from_bytes(b"# coding: latin-1\n")
    assert latin.with_data("é".encode()).to_bytes() == b"\xe9"


@pytest.mark.parametrize(
    ("text", "newline"),
    [
        ("", "\n"),
        ("x", "\n"),
        ("a\nb\r\n", "\n"),
        ("a\r\nb\r\nc\n", "\r\n"),
        ("a\rb\rc\r\n", "\r"),
        ("a\r\n\r\nb\r", "\r\n"),
    ],
)
def test_the_usual_line_end(text: str, newline: str) -> None:
    assert Source.from_text(text).newline == newline


# Positions, against a reference that encodes everything anew and counts.

ENCODINGS = list(PositionEncoding)
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
# Tabs, line ends and what looks like one, combining and astral characters, half a surrogate pair.
ALPHABET = "ab\t\n\r\f\v\x85\u2028éﬁ漢e\u0301😀\U0010ffff\ud83d"


def length(text: str, encoding: PositionEncoding) -> int:
    codec, unit = CODECS[encoding.value]
    return len(text.encode(codec, "surrogatepass")) // unit


def boundaries(text: str) -> list[int]:
    """The indexes between characters; a carriage return and its newline are one."""
    return [index for index in range(len(text) + 1) if text[index - 1 : index + 1] != "\r\n"]


def naive_position(text: str, index: int, encoding: PositionEncoding) -> Position:
    line = start = 0
    for end in boundaries(text)[1:]:
        if end <= index and text[end - 1] in "\r\n":
            line, start = line + 1, end
    return Position(line, length(text[start:index], encoding))


def in_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda one: one.value)
@given(text=st.text(ALPHABET))
def test_offsets_and_positions_are_each_others_inverse(
    encoding: PositionEncoding, text: str
) -> None:
    lines = Source.from_text(text).lines
    for index in boundaries(text):
        offset = len(in_bytes(text[:index]))
        position = lines.position(offset, encoding)
        assert position == naive_position(text, index, encoding)
        assert lines.offset(position, encoding) == offset


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda one: one.value)
@given(text=st.text(ALPHABET), line=st.integers(0, 9), column=st.integers(0, 40))
def test_any_position_is_somewhere(
    encoding: PositionEncoding, text: str, line: int, column: int
) -> None:
    """The last boundary of the line that is not past the column; past the last line, the end."""
    places = [(naive_position(text, at, encoding), at) for at in boundaries(text)]
    before = [index for place, index in places if place.line == line and place.column <= column]
    ended = [index for index in before if text[index - 1 : index] not in ("\r", "\n")]
    first = before[:1] if before else [len(text)]
    expected = max(ended + first)
    found = Source.from_text(text).lines.offset(Position(line, column), encoding)
    assert found == len(in_bytes(text[:expected]))


@given(st.text(ALPHABET))
def test_lines(text: str) -> None:
    data = in_bytes(text)
    lines = LineIndex(data)
    expected = re.split(rb"\r\n|\r|\n", data)
    assert [lines.line_bytes(line) for line in range(len(lines.starts))] == expected
    for offset in range(len(data) + 1):
        line = lines.line_of(offset)
        assert lines.starts[line] <= offset
        assert line + 1 == len(lines.starts) or offset < lines.starts[line + 1]


@pytest.mark.parametrize(
    ("position", "encoding", "offset"),
    [
        (Position(0, 2), PositionEncoding.UTF8, 2),
        (Position(0, 4), PositionEncoding.UTF8, 2),
        (Position(0, 6), PositionEncoding.UTF8, 6),
        (Position(0, 3), PositionEncoding.UTF16, 2),
        (Position(0, 4), PositionEncoding.UTF16, 6),
        (Position(0, 3), PositionEncoding.UTF32, 6),
        (Position(0, 99), PositionEncoding.UTF8, 7),
        (Position(0, 99), PositionEncoding.UTF16, 7),
        (Position(1, 99), PositionEncoding.UTF32, 10),
        (Position(2, 0), PositionEncoding.UTF32, 10),
    ],
)
def test_columns_inside_a_character_and_past_the_end(
    position: Position, encoding: PositionEncoding, offset: int
) -> None:
    assert LineIndex("ab😀c\r\nd".encode()).offset(position, encoding) == offset


@pytest.mark.parametrize("position", [Position(-1, 0), Position(0, -1)])
def test_there_are_no_negative_positions(position: Position) -> None:
    with pytest.raises(ValueError, match="negative"):
        LineIndex(b"x").offset(position)


@given(st.text(ALPHABET))
def test_lengths(text: str) -> None:
    for encoding in ENCODINGS:
        assert encoding.length(in_bytes(text)) == length(text, encoding)
