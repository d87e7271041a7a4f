"""The 69 TensorFlow model files of transformers: everything parses, and layers compute the same."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from k3ls.engine import fix
from k3ls.syntax.tree import python_syntax_error
from k3ls.text import Source
from tools.sources import transformers_models
from tools.transformers_layers import compare_layers

# Of each kind: encoders, decoders, both, for images, for sound.
MODELS = (
    "albert bert bart clip ctrl deit distilbert electra gpt2 layoutlm mobilebert opt roberta"
    " segformer t5 vit whisper xlm_roberta"
)


@pytest.fixture(scope="module")
def models() -> list[Path]:
    try:
        return transformers_models()
    except subprocess.CalledProcessError:
        pytest.skip("transformers can't be downloaded")


def test_every_model_file_is_fixed_once_and_for_all(models: list[Path]) -> None:
    assert len(models) == 69
    applied = 0
    for path in models:
        source = Source.from_bytes(path.read_bytes())
        fixed = fix(source, unsafe=True, filename=str(path))
        assert fixed.error is None, path
        assert fixed.left.errors == (), path
        assert python_syntax_error(fixed.source.data) is None, path
        again = fix(fixed.source, unsafe=True, filename=str(path))
        assert again.source == fixed.source, path
        applied += fixed.applied.total()
    assert applied > 4000


@pytest.mark.keras
def test_layers_of_fixed_models_compute_the_same(models: list[Path]) -> None:
    compared = compare_layers(f"tf_({'|'.join(MODELS.split())})$")
    for backend, found in compared.items():
        assert found.differing == {}, backend
        assert len(found.models) == len(MODELS.split()), (backend, found.models, found.failing)
        assert len(found.agreeing) >= 100, (backend, found.failing)
