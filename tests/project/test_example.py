"""The example project: it runs on Keras 2, and fixing it once is enough."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

EXAMPLE = Path(__file__).parents[2] / "examples/keras2_project"
BY_HAND = EXAMPLE.with_suffix(".by_hand.toml")


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


def fix_and_edit_by_hand(example: Path) -> None:
    """Make the listed edits too, each of which a finding has to ask for."""
    done = k3ls("check", "--output-format", "concise", ".", folder=example)
    k3ls("fix", "--unsafe-fixes", ".", folder=example)
    for edit in tomllib.loads(BY_HAND.read_text("utf-8"))["edit"]:
        path = example / edit["file"]
        source = path.read_text("utf-8")
        asking = f"{edit['file']}:\\d+:\\d+: {edit['code']} "
        assert re.search(asking, done.stdout), asking
        assert source.count(edit["before"]) == 1, edit
        path.write_text(source.replace(edit["before"], edit["after"]), "utf-8")


def run_tests(example: Path, **environment: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    variables = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", **environment}
    variables.pop("PYTEST_ADDOPTS", None)
    done = subprocess.run(
        command, cwd=example, env=variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.keras
def test_it_runs_on_keras2(example: Path) -> None:
    run_tests(example, TF_USE_LEGACY_KERAS="1")


@pytest.mark.keras
def test_fixed_and_edited_as_listed_it_runs_on_keras3(example: Path) -> None:
    fix_and_edit_by_hand(example)
    run_tests(example, KERAS_BACKEND="tensorflow")
