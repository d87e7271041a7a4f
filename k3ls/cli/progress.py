"""A bar for a person who waits."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import TypeVar

_PATIENCE = 1.0  # seconds

_Item = TypeVar("_Item")


def watched(items: Iterator[_Item], total: int) -> Iterator[_Item]:
    """The items; on a terminal, with a bar on standard error if they take their time."""
    if not sys.stderr.isatty():
        yield from items
        return
    started = time.monotonic()
    for done, item in enumerate(items, 1):
        yield item
        if time.monotonic() - started > _PATIENCE:
            yield from _with_bar(items, done, total)


def _with_bar(items: Iterator[_Item], done: int, total: int) -> Iterator[_Item]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Checking", total=total, completed=done)
        for item in items:
            yield item
            progress.advance(task)
