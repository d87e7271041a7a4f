"""`setup.cfg`, `tox.ini` and `pytest.ini`: values with an item on each line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from k3ls.dependencies.project_file import Reading

_SECTION = re.compile(rb"\[([^\]]*)\]")
_KEY = re.compile(rb"([^\s=:#;\[][^=:]*)[=:][ \t]*")
_COMMENT = re.compile(rb"(?:^|(?<=\s))[#].*|^\s*;.*")
_VARIABLE = re.compile(rb"(?:[DR]+:)?(\w+)\s*=\s*(.*)")
_LISTS = {"install_requires", "setup_requires", "tests_require"}
_ENVIRONMENTS = {"env", "setenv", "set_env"}


def read(found: Reading) -> None:
    for section, key, start, written in _items(found):
        if (section == "options" and key in _LISTS) or section == "options.extras_require":
            neighbour = found.before(start, "", "")
            if found.indent(start) is None:
                neighbour = neighbour._replace(after=found.source.newline + "    ")
            main = key == "install_requires" and section == "options"
            found.require(start, written, f"{section}.{key}", main=main, neighbour=neighbour)
        elif section.startswith("testenv") and key == "deps":
            found.require(start, written, f"{section}.deps", main=False, neighbour=None)
        elif key in _ENVIRONMENTS:
            match = _VARIABLE.fullmatch(written)
            if match is not None:
                name, value = (part.decode("latin-1") for part in match.groups())
                found.set_variable(name, value.strip("\"'"), start, start + len(written))


def _items(found: Reading) -> Iterator[tuple[str, str, int, bytes]]:
    """The section, the key, the place and the text of each line of a value."""
    section = key = ""
    for line, start in enumerate(found.source.lines.starts):
        content = found.source.lines.line_bytes(line)
        comment = _COMMENT.search(content)
        if comment is not None:
            found.comments.append((start + comment.start(), comment.group().decode("latin-1")))
            content = content[: comment.start()]
        begin = 0
        if content[:1].strip():
            match = _SECTION.match(content)
            if match is not None:
                section, key = match[1].decode("latin-1"), ""
                continue
            match = _KEY.match(content)
            if match is None:
                key = ""
                continue
            key = match[1].decode("latin-1").strip().replace("-", "_").lower()
            begin = match.end()
        value = content[begin:].strip()
        if key and value:
            begin += len(content[begin:]) - len(content[begin:].lstrip())
            yield section, key, start + begin, value
