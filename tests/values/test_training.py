"""Training as published projects write it: what it computes on Keras 2 and, once fixed, on every
backend of Keras 3.
"""

from __future__ import annotations

import io
import tokenize
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from k3ls.engine import Fixed, fix
from k3ls.knowledge.ops import BACKENDS
from k3ls.text import Source
from tools.execute import compare, execute

SCRIPTS = Path(__file__).parent / "training"
NAMES = sorted(path.stem for path in SCRIPTS.glob("*.py"))
TOLERANCE = 1e-4

# What doesn't compute the same: script -> backends, and the rule whose finding says what is left.
LEFT: dict[str, tuple[tuple[str, ...], str]] = {
    "crf": (("jax", "torch"), "K303"),
    "custom_loop": (("jax", "torch"), "K406"),
    "layer_losses": (("jax",), "K257"),
    "spectral_norm": (("jax",), "K516"),
}


@cache
def fixed(name: str) -> Fixed:
    """The script after `k3ls fix --unsafe-fixes`."""
    source = Source.from_bytes((SCRIPTS / f"{name}.py").read_bytes())
    done = fix(source, unsafe=True)
    assert done.error is None
    return done


@cache
def outcomes(backend: str, *, keras2: bool = False) -> dict[str, Any]:
    """What each script computes: on Keras 2 as it stands, else once fixed."""
    texts = [
        (SCRIPTS / f"{name}.py").read_text() if keras2 else fixed(name).source.text
        for name in NAMES
    ]
    return dict(zip(NAMES, execute(texts, backend, keras2=keras2), strict=True))


def difference(name: str, backend: str) -> Any:
    """What differs from Keras 2: an error or the values, None for nothing."""
    expected, got = outcomes("tensorflow", keras2=True)[name], outcomes(backend)[name]
    assert "error" not in expected, expected
    if "error" in got:
        return got["error"]
    one, other = expected["result"]["dict"], got["result"]["dict"]
    assert one.keys() == other.keys()
    wrong = {
        key: (value, other[key])
        for key, value in one.items()
        if compare(value, other[key], TOLERANCE) != "agree"
    }
    return wrong or None


@pytest.mark.keras
@pytest.mark.xdist_group("training")
@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", NAMES)
def test_fixed_training_computes_the_same(name: str, backend: str) -> None:
    backends, code = LEFT.get(name, ((), ""))
    if backend not in backends:
        assert difference(name, backend) is None
    else:
        assert difference(name, backend) is not None, "it needn't be listed any longer"
        assert code in {finding.code for finding in fixed(name).left.findings}


def test_at_most_one_in_ten_is_left() -> None:
    assert LEFT.keys() <= set(NAMES)
    assert len(LEFT) <= len(NAMES) / 10


@pytest.mark.parametrize("name", NAMES)
def test_comments_are_kept(name: str) -> None:
    before, after = (SCRIPTS / f"{name}.py").read_text(), fixed(name).source.text
    assert _comments(before) <= _comments(after)


def _comments(text: str) -> Counter[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return Counter(token.string for token in tokens if token.type == tokenize.COMMENT)
