"""A line for each finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from k3ls.cli.output import one_line
from k3ls.engine.files import Checked


def write(results: Sequence[Checked], out: TextIO) -> None:
    for result in results:
        for finding in result.findings:
            line, column = result.source.lines.position(finding.start)
            message = one_line(finding.message)
            out.write(f"{result.path}:{line + 1}:{column + 1}: {finding.code} {message}\n")
