"""The files and settings that the command line asks for."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from k3ls.cli.arguments import UsageError
from k3ls.engine.discover import Found, find, unsaved
from k3ls.rules.registry import rules
from k3ls.settings import Settings


def selected(options: Namespace) -> Found:
    """The files, each with its settings as the command line changes them.

    Raises:
        UsageError: standard input stands among files, or there is no rule of a code.
    """
    for code in (*(options.select or ()), *(options.ignore or ())):
        if not any(rule.code.startswith(code) for rule in rules()):
            raise UsageError(f"no rule has the code {code}")
    if from_stdin(options):
        name = Path(options.stdin_filename or "-")
        found = unsaved(name, sys.stdin.buffer.read())
    elif "-" in options.paths:
        raise UsageError("- for standard input can't stand with other paths")
    else:
        found = find(map(Path, options.paths))
    files = (replace(file, settings=_changed(file.settings, options)) for file in found.files)
    return replace(found, files=tuple(files))


def from_stdin(options: Namespace) -> bool:
    """Whether the text to check comes from standard input."""
    return bool(options.paths == ["-"])


def _changed(settings: Settings, options: Namespace) -> Settings:
    if options.target is not None:
        settings = replace(settings, target=options.target)
    if options.select is not None:
        settings = replace(settings, select=tuple(options.select), ignore=())
    if options.ignore is not None:
        settings = replace(settings, ignore=(*settings.ignore, *options.ignore))
    return settings
