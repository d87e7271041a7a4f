"""The last line: how much there is, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from k3ls.engine.files import Checked
from k3ls.rules.finding import Applicability, Finding, Severity


def found(results: Sequence[Checked]) -> str:
    """What checking found."""
    findings = _findings(results)
    if not findings:
        return _nothing(results)
    severities = Counter(finding.severity for finding in findings)
    line = (
        f"Found {_count(len(findings), 'finding')}"
        f" ({_count(severities[Severity.ERROR], 'error')},"
        f" {_count(severities[Severity.WARNING], 'warning')},"
        f" {severities[Severity.INFORMATION]} informational)"
        f" in {_count(sum(bool(result.findings) for result in results), 'file')}."
    )
    safe, unsafe = _fixable(findings)
    if safe:
        line += f" {safe} fixable with `k3ls fix`"
        line += f", {unsafe} more with `--unsafe-fixes`." if unsafe else "."
    elif unsafe:
        line += f" {unsafe} fixable with `k3ls fix --unsafe-fixes`."
    return line


def fixed(results: Sequence[Checked], verb: str = "Fixed") -> str:
    """What fixing did, and what it left."""
    applied = sum(result.applied.total() for result in results)
    files = sum(result.before is not None for result in results)
    left = _findings(results)
    if not applied and not left:
        return _nothing(results)
    line = f"{verb} {_count(applied, 'finding')} in {_count(files, 'file')}; {len(left)} left"
    _, unsafe = _fixable(left)
    return f"{line}, {unsafe} fixable with `--unsafe-fixes`." if unsafe else f"{line}."


def _nothing(results: Sequence[Checked]) -> str:
    return f"No findings in {_count(sum(not result.problems for result in results), 'file')}."


def _findings(results: Sequence[Checked]) -> list[Finding]:
    return [finding for result in results for finding in result.findings]


def _fixable(findings: Sequence[Finding]) -> tuple[int, int]:
    """How many have a safe fix, and how many an unsafe one only."""
    best = Counter(
        max((fix.applicability for fix in finding.fixes), default=None) for finding in findings
    )
    return best[Applicability.SAFE], best[Applicability.UNSAFE]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
