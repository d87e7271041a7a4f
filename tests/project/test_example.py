"""The example project: it runs on Keras 2, and fixing it once is enough."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples/keras2_project"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__", ".pytest_cache")
    return Path(shutil.copytree(EXAMPLE, tmp_path / "project", ignore=ignored))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def k3ls(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "k3ls", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_second_fix_changes_nothing(example: Path) -> None:
    before = contents(example)
    first = k3ls("fix", "--unsafe-fixes", ".", folder=example)
    assert first.stderr == ""
    once = contents(example)
    assert once.keys() == before.keys()
    assert sum(once[path] != before[path] for path in once) >= 7
    for path in example.rglob("*.py"):
        ast.parse(path.read_text("utf-8"))
    second = k3ls("fix", "--unsafe-fixes", ".", folder=example)
    assert contents(example) == once
    assert "Fixed 0 findings" in second.stdout


def test_each_kind_of_change_is_found(example: Path) -> None:
    done = k3ls("check", "--output-format", "concise", ".", folder=example)
    assert done.returncode == 1
    found = {line.split()[1] for line in done.stdout.splitlines() if ": K" in line}
    assert found >= {"K101", "K102", "K103", "K105", "K106", "K301", "K302", "K601"}


@pytest.mark.keras
def test_it_runs_on_keras2(example: Path) -> None:
    environment = {**os.environ, "TF_USE_LEGACY_KERAS": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    environment.pop("PYTEST_ADDOPTS", None)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=example, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]
