"""The project's own habits: style, types, and layers that import in one direction."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["importlinter.cli", "lint-imports"],
    ],
    ids=["lint", "format", "types", "layers"],
)
def test_habit(command: list[str]) -> None:
    if command[0] == "importlinter.cli":
        program = [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as main; main()",
        ]
    else:
        program = [sys.executable, "-m", *command]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
