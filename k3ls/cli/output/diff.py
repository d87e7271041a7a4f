"""What fixes change, as a unified diff of bytes, so that `patch` finds every line as it is."""

from __future__ import annotations

import difflib
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from k3ls.engine.files import Checked


def write(results: Sequence[Checked], out: BinaryIO) -> None:
    for result in results:
        if result.before is not None:
            out.writelines(_lines(result.path, result.before.to_bytes(), result.source.to_bytes()))


def _lines(path: Path, before: bytes, after: bytes) -> Iterator[bytes]:
    name = os.fsencode(_relative(path).as_posix())
    if b" " in name:
        # Without it, patch takes the name to end at the space.
        name += b"\t"
    # A file of lone carriage returns is one line to patch, hence no splitlines().
    old, new = io.BytesIO(before).readlines(), io.BytesIO(after).readlines()
    yield b"--- " + name + b"\n"
    yield b"+++ " + name + b"\n"
    for line in list(difflib.diff_bytes(difflib.unified_diff, old, new))[2:]:
        yield line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def _relative(path: Path) -> Path:
    """The path from the working folder, where it is below; patch refuses any other."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
