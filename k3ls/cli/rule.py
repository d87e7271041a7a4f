"""`k3ls rule`: what a rule does and why, by its code, its name or a name that it is about."""

from __future__ import annotations

from argparse import Namespace
from difflib import get_close_matches

from k3ls.cli.arguments import UsageError
from k3ls.cli.markdown import show
from k3ls.engine.describe import describe_rule
from k3ls.engine.lookup import look_up
from k3ls.rules.registry import rule, rules


def run(options: Namespace) -> int:
    if options.rule is None:
        _print_all()
        return 0
    found = rule(options.rule)
    if found is not None:
        show(describe_rule(found))
        return 0
    fates = [fate for fate in look_up(options.rule) if fate.rules]
    if not fates:
        close = [
            *get_close_matches(options.rule.upper(), [one.code for one in rules()]),
            *get_close_matches(options.rule.lower(), [one.name for one in rules()]),
        ]
        hint = f"; close to it: {', '.join(close)}" if close else ""
        raise UsageError(f"no rule is called {options.rule} or is about it{hint}")
    about = dict.fromkeys(one for fate in fates for one in fate.rules)
    show("\n".join([*(fate.text for fate in fates), *map(describe_rule, about)]))
    return 0


def _print_all() -> None:
    rows = [(one.code, one.name, one.severity.value, one.summary) for one in rules()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
