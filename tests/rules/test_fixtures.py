"""Each rule's fixture folder: `X.before.py` becomes `X.after.py`, `X.silent.py` has no finding.

A folder has the name of its rule, and only that rule is run on it and the folders in it; on folders
with other names all are. What is written into the files is all there is to see: unsafe fixes are
applied too. Files of other formats are read as their names say: `pyproject.before.toml` as a
`pyproject.toml`.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from pathlib import Path

import pytest

from k3ls.dependencies import errors, is_python, read
from k3ls.engine import check, fix
from k3ls.rules.registry import rule, rules
from k3ls.rules.rule import Rule
from k3ls.settings import Settings
from k3ls.text import Source

FIXTURES = Path(__file__).parent
BEFORE = sorted(FIXTURES.rglob("*.before.*"))
SILENT = sorted(FIXTURES.rglob("*.silent.*"))
NEWLINES = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}


def name(path: Path) -> str:
    return str(path.relative_to(FIXTURES))


def filename(path: Path) -> str:
    """What the file would be called where it is used."""
    return str(path.with_name(re.sub(r"\.(before|silent)\.", ".", path.name)))


def rules_of(path: Path) -> list[Rule]:
    found = (rule(folder) for folder in path.relative_to(FIXTURES).parent.parts)
    return [one for one in found if one is not None]


def settings(path: Path) -> Settings:
    return Settings(select=tuple(one.code for one in rules_of(path)))


@pytest.mark.parametrize("path", BEFORE, ids=name)
def test_before_becomes_after(path: Path) -> None:
    source = Source.from_bytes(path.read_bytes())
    findings = check(source, settings(path), filename=filename(path)).findings
    assert findings, "a before file shows something to find"
    fixed = fix(source, settings(path), unsafe=True, filename=filename(path))
    assert fixed.error is None
    assert fixed.left.errors == ()
    assert fixed.source.text == path.with_name(path.name.replace(".before.", ".after.")).read_text(
        "utf-8"
    )


@pytest.mark.parametrize("path", SILENT, ids=name)
def test_silent(path: Path) -> None:
    source = Source.from_bytes(path.read_bytes())
    analysis = check(source, settings(path), filename=filename(path))
    assert [
        f"{source.lines.line_of(one.start) + 1}: {one.message}" for one in analysis.findings
    ] == []
    assert analysis.errors == ()


@pytest.mark.parametrize(
    ("path", "newline"),
    [
        pytest.param(path, newline, id=f"{name(path)}-{kind}")
        for path in [*BEFORE, *SILENT]
        for kind, newline in NEWLINES.items()
        # TOML knows no lone carriage return.
        if is_python(filename(path)) or kind != "cr"
    ],
)
def test_fixed_is_a_fixpoint_that_parses(path: Path, newline: str) -> None:
    text = path.read_text("utf-8").replace("\n", newline)
    source = Source.from_text(text)
    once = fix(source, unsafe=True, filename=filename(path))
    assert once.error is None
    if is_python(filename(path)):
        ast.parse(once.source.text)
    else:
        assert errors(once.source, filename(path)) == 0
    again = fix(once.source, unsafe=True, filename=filename(path))
    assert again.source == once.source
    assert not again.applied
    endings = set(re.findall("\r\n|\n|\r", once.source.text))
    assert endings <= {newline}


@pytest.mark.parametrize("path", [*BEFORE, *SILENT], ids=name)
def test_comments_are_kept(path: Path) -> None:
    source = Source.from_bytes(path.read_bytes())
    fixed = fix(source, unsafe=True, filename=filename(path))
    assert comments(source, path) - comments(fixed.source, path) == Counter()


def comments(source: Source, path: Path) -> Counter[str]:
    """The comments of a text, but for those of imports, which go where their import goes."""
    if not is_python(filename(path)):
        return Counter(comment for _, comment in read(source, filename(path)).comments)
    text = source.text
    imports = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for line in range(node.lineno, (node.end_lineno or 0) + 1)
    }
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return Counter(
        token.string
        for token in tokens
        if token.type == tokenize.COMMENT and token.start[0] not in imports
    )


def test_every_rule_has_fixtures() -> None:
    found = [{one for path in paths for one in rules_of(path)} for paths in (BEFORE, SILENT)]
    assert found == [set(rules())] * 2
