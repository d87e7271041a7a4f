"""Applying fixes until nothing changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from k3ls.dependencies import errors, is_python
from k3ls.engine.check import Analysis, check
from k3ls.rules.finding import Applicability, Finding
from k3ls.semantics import Others
from k3ls.settings import Settings
from k3ls.syntax import error_count
from k3ls.syntax.tree import parse, python_syntax_error
from k3ls.text import Edit, Source, apply_edits

# Every pass settles at least one finding; real files need three to six.
_PASSES = 50


@dataclass(frozen=True, slots=True)
class Fixed:
    """What fixing one source gave.

    Attributes:
        source: the fixed text; the original one if `error` is set or nothing was to be done.
        applied: how many findings of each code were fixed.
        left: what checking the fixed text gives.
        error: why the result was thrown away, None if it wasn't.
    """

    source: Source
    applied: Counter[str]
    left: Analysis
    error: str | None = None


def fix(
    source: Source,
    settings: Settings | None = None,
    *,
    unsafe: bool = False,
    filename: str = "",
    others: Others | None = None,
) -> Fixed:
    """Apply the safe fixes of `source`, with `unsafe` those too, until none is left."""
    settings = settings or Settings()
    lowest = Applicability.UNSAFE if unsafe else Applicability.SAFE
    original = analysis = check(source, settings, filename=filename, others=others)
    applied: Counter[str] = Counter()
    current = source
    for _ in range(_PASSES):
        chosen = choose(analysis.findings, lowest)
        if not chosen:
            break
        edits = [edit for _, edits in chosen for edit in edits]
        current = current.with_data(apply_edits(current.data, edits))
        applied.update(finding.code for finding, _ in chosen)
        analysis = check(current, settings, filename=filename, others=others)
    else:
        return Fixed(source, Counter(), original, "fixes of one another without an end")
    if current.data == source.data:
        return Fixed(source, Counter(), original)
    if not _still_parses(source, current, filename):
        return Fixed(source, Counter(), original, "the fixed text would not parse")
    return Fixed(current, applied, analysis)


def choose(
    findings: Iterable[Finding], lowest: Applicability
) -> list[tuple[Finding, tuple[Edit, ...]]]:
    """The findings that can be fixed together, with the edits of each.

    Fixes of whole modules, such as those of imports, are judged by the uses that are left: they
    wait until no use is to be fixed. A fix that touches one chosen before it waits too.
    """
    fixable = [
        (finding, fix)
        for finding in sorted(findings, key=lambda one: (not one.early, one.start))
        for fix in [next((fix for fix in finding.fixes if fix.applicability >= lowest), None)]
        if fix is not None
    ]
    uses = [one for one in fixable if not one[0].whole_module]
    chosen: list[tuple[Finding, tuple[Edit, ...]]] = []
    taken: list[Edit] = []
    known: set[Edit] = set()
    for finding, fix in uses or fixable:
        new = [edit for edit in fix.edits if edit not in known]
        if any(edit.touches(other) for edit in new for other in taken):
            continue
        taken += new
        known.update(new)
        chosen.append((finding, fix.edits))
    return chosen


def _still_parses(before: Source, after: Source, filename: str) -> bool:
    if not is_python(filename):
        return errors(after, filename) <= errors(before, filename)
    if python_syntax_error(after.data) is None:
        return True
    # A text with errors of its own may keep them, and get no new ones.
    if python_syntax_error(before.data) is None:
        return False
    return error_count(parse(after.data).root) <= error_count(parse(before.data).root)
