"""A list of objects, in the form that ruff gives it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from k3ls.engine.files import Checked
from k3ls.rules.finding import Finding, Fix
from k3ls.text import Source


def write(results: Sequence[Checked], out: TextIO) -> None:
    rows = [_row(result, finding) for result in results for finding in result.findings]
    json.dump(rows, out, indent=2)
    out.write("\n")


def _row(result: Checked, finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "filename": str(result.path),
        "severity": finding.severity.value,
        **_range(result.source, finding.start, finding.end),
        "fix": _fix(result.source, finding.fixes[0]) if finding.fixes else None,
        "url": f"docs/rules/{finding.name}.md",
    }


def _fix(source: Source, fix: Fix) -> dict[str, Any]:
    return {
        "applicability": fix.applicability.name.lower(),
        "message": fix.title,
        "edits": [
            {"content": edit.text, **_range(source, edit.start, edit.end)}
            for edit in sorted(fix.edits)
        ],
    }


def _range(source: Source, start: int, end: int) -> dict[str, dict[str, int]]:
    return {"location": _location(source, start), "end_location": _location(source, end)}


def _location(source: Source, offset: int) -> dict[str, int]:
    line, column = source.lines.position(offset)
    return {"row": line + 1, "column": column + 1}
