"""How findings are shown: one module a format, with a function `write(results, out)`."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from k3ls.engine.discover import Found
    from k3ls.engine.files import Checked

FORMATS = ("full", "concise", "json")


def write(results: Sequence[Checked], form: str, out: TextIO) -> None:
    """Write the findings in one of `FORMATS`."""
    import_module(f"k3ls.cli.output.{form}").write(results, out)


def write_problems(found: Found, results: Sequence[Checked]) -> bool:
    """Write to standard error what could not be done, if there is anything; gives whether."""
    problems = [*found.problems, *(line for result in results for line in result.problems)]
    sys.stdout.flush()
    for line in dict.fromkeys(problems):
        print(one_line(line), file=sys.stderr)
    return bool(problems)


def one_line(text: str) -> str:
    """The text without line breaks, which names and pieces of source in it may bring."""
    return re.sub(r"\s*[\r\n]\s*", " ", text)
