"""Running the command line in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

import k3ls
from k3ls.cli import main

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(k3ls.__file__).parents[1])}
PROGRAM = [sys.executable, "-m", "k3ls"]

OLD = "from tensorflow import keras\n\nlayer = keras.layers.Dense(3)\n"
NEW = "import keras\n\nlayer = keras.layers.Dense(3)\n"


@dataclass(frozen=True)
class Done:
    """What a run gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]
RunBytes = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process."""

    def in_process(*arguments: str) -> Done:
        capsys.readouterr()
        code = main(arguments)
        return Done(code, *capsys.readouterr())

    return in_process


@pytest.fixture
def program(folder: Path) -> RunBytes:
    """Run a command line in a process of its own."""

    def in_own_process(
        *arguments: str,
        stdin: bytes = b"",
        before: Callable[[], None] | None = None,
        environment: Mapping[str, str] = ENVIRONMENT,
        code: str | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        start = PROGRAM if code is None else [sys.executable, "-c", code]
        return subprocess.run(
            [*start, *arguments],
            input=stdin,
            capture_output=True,
            env=environment,
            preexec_fn=before,
            check=False,
        )

    return in_own_process


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files by their paths below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def all_of(terminal: int) -> str:
    """What comes to a terminal until nobody has it open for writing any more; closes it."""
    pieces = []
    # Linux says the end with an error.
    with open(terminal, "rb", buffering=0) as reader, suppress(OSError):
        while piece := reader.read(65536):
            pieces.append(piece)
    return b"".join(pieces).decode().replace("\r\n", "\n")
