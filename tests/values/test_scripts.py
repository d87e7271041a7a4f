"""Whole scripts: what they compute on Keras 2, and once fixed on every backend of Keras 3.

`X.tensorflow.py` stays with TensorFlow.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from k3ls.engine import check, fix
from k3ls.knowledge.ops import BACKENDS
from k3ls.settings import Settings
from k3ls.text import Source
from tools.execute import compare, execute

SCRIPTS = Path(__file__).parent / "scripts"

pytestmark = pytest.mark.keras


def fixed(name: str) -> str:
    """The script after `k3ls fix --unsafe-fixes`."""
    done = fix(Source.from_bytes((SCRIPTS / name).read_bytes()), unsafe=True)
    assert done.error is None
    target = "tensorflow" if name.endswith(".tensorflow.py") else "any"
    left = check(done.source, Settings(target=target)).findings
    assert [finding.message for finding in left] == []
    return done.source.text


@cache
def on_keras2() -> dict[str, Any]:
    """What each script computes on Keras 2."""
    names = sorted(path.name for path in SCRIPTS.glob("*.py"))
    outcomes = execute([(SCRIPTS / name).read_text() for name in names], "tensorflow", keras2=True)
    return dict(zip(names, outcomes, strict=True))


@pytest.mark.xdist_group("scripts")
@pytest.mark.parametrize("backend", BACKENDS)
def test_fixed_scripts_compute_the_same(backend: str) -> None:
    scripts = {
        name: fixed(name)
        for name in on_keras2()
        if backend == "tensorflow" or not name.endswith(".tensorflow.py")
    }
    outcomes = execute(list(scripts.values()), backend)
    for (name, text), outcome in zip(scripts.items(), outcomes, strict=True):
        if not name.endswith(".tensorflow.py"):
            left = re.search(r"^(import|from) tensorflow", text, re.MULTILINE)
            assert left is None, "nothing of TensorFlow is left"
        expected = on_keras2()[name]
        assert "error" not in expected, (name, expected)
        assert "error" not in outcome, (name, outcome)
        wrong = {
            key: (value, outcome["result"]["dict"][key])
            for key, value in expected["result"]["dict"].items()
            if compare(value, outcome["result"]["dict"][key]) != "agree"
        }
        assert wrong == {}, name
