"""Each rule's fixture folder: `X.before.py` becomes `X.after.py`, `X.silent.py` has no finding.

A folder has the name of its rule, and only that rule is run on it; on folders with other names
all are. What is written into the files is all there is to see: unsafe fixes are applied too.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from pathlib import Path

import pytest

from k3ls.engine import check, fix
from k3ls.rules.registry import rule, rules
from k3ls.settings import Settings
from k3ls.text import Source

FIXTURES = Path(__file__).parent
BEFORE = sorted(FIXTURES.rglob("*.before.py"))
SILENT = sorted(FIXTURES.rglob("*.silent.py"))


def name(path: Path) -> str:
    return str(path.relative_to(FIXTURES))


def settings(path: Path) -> Settings:
    own = rule(path.parent.name)
    return Settings(select=(own.code,)) if own is not None else Settings()


@pytest.mark.parametrize("path", BEFORE, ids=name)
def test_before_becomes_after(path: Path) -> None:
    source = Source.from_bytes(path.read_bytes())
    findings = check(source, settings(path)).findings
    assert findings, "a before file shows something to find"
    fixed = fix(source, settings(path), unsafe=True)
    assert fixed.error is None
    assert fixed.left.errors == ()
    assert fixed.source.text == path.with_name(path.name.replace(".before.", ".after.")).read_text(
        "utf-8"
    )


@pytest.mark.parametrize("path", SILENT, ids=name)
def test_silent(path: Path) -> None:
    source = Source.from_bytes(path.read_bytes())
    analysis = check(source, settings(path))
    assert [
        f"{source.lines.line_of(one.start) + 1}: {one.message}" for one in analysis.findings
    ] == []
    assert analysis.errors == ()


@pytest.mark.parametrize("path", [*BEFORE, *SILENT], ids=name)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_fixed_is_a_fixpoint_that_parses(path: Path, newline: str) -> None:
    text = path.read_text("utf-8").replace("\n", newline)
    source = Source.from_text(text)
    once = fix(source, unsafe=True)
    assert once.error is None
    ast.parse(once.source.text)
    again = fix(once.source, unsafe=True)
    assert again.source == once.source
    assert not again.applied
    endings = set(re.findall("\r\n|\n|\r", once.source.text))
    assert endings <= {newline}


@pytest.mark.parametrize("path", [*BEFORE, *SILENT], ids=name)
def test_comments_are_kept(path: Path) -> None:
    source = Source.from_bytes(path.read_bytes())
    fixed = fix(source, unsafe=True)
    assert comments(source.text) - comments(fixed.source.text) == Counter()


def comments(text: str) -> Counter[str]:
    """The comments of a text, but for those of imports, which go where their import goes."""
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
    folders = {path.parent.name for path in BEFORE} & {path.parent.name for path in SILENT}
    assert {one.name for one in rules()} <= folders
