"""What the rules about neighbours say, and how far their fixes are trusted."""

from __future__ import annotations

import pytest

from k3ls.engine import check, fix
from k3ls.rules.finding import Applicability, Finding, Severity
from k3ls.settings import Settings
from k3ls.text import Source


def findings(text: str) -> tuple[Finding, ...]:
    return check(Source.from_text(text), Settings(select=("K11",))).findings


def test_an_import_that_always_runs_is_an_error() -> None:
    one, use = findings("import tensorflow_addons as tfa\ntfa.layers.CRF(3)\n")
    assert (one.severity, use.severity) == (Severity.ERROR, Severity.ERROR)


def test_an_import_that_may_fail_is_none() -> None:
    (use,) = findings(
        "try:\n"
        "    import tensorflow_addons as tfa\n"
        "except ImportError:\n"
        "    tfa = None\n"
        "tfa.layers.CRF(3)\n"
    )
    assert use.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("code", "applicability"),
    [
        ("tfa.layers.GroupNormalization(4)", Applicability.SAFE),
        ("tfa.layers.GroupNormalization", Applicability.UNSAFE),
        ("tfa.activations.mish", Applicability.SAFE),
        ("tfa.optimizers.LAMB(1e-3)", Applicability.SAFE),
        ("tfa.optimizers.AdamW(1e-4)", Applicability.UNSAFE),
        ("tfa.optimizers.LazyAdam()", Applicability.UNSAFE),
        ("tfa.metrics.F1Score(1, threshold=0.5)", Applicability.UNSAFE),
        ("tfa.losses.SigmoidFocalCrossEntropy()", Applicability.UNSAFE),
        ("tfa.image.transform(image, matrix)", Applicability.UNSAFE),
    ],
)
def test_fixes_are_safe_where_values_agree_whatever_the_rest(
    code: str, applicability: Applicability
) -> None:
    _, use = findings(f"import tensorflow_addons as tfa\nx = {code}\n")
    assert [one.applicability for one in use.fixes] == [applicability]


def test_code_that_tf_data_runs_stays_tensorflow() -> None:
    found = findings(
        "import tensorflow as tf\n"
        "import tensorflow_addons as tfa\n"
        "images = tf.data.Dataset.range(3).map(lambda one: tfa.image.transform(one, matrix))\n"
    )
    assert "tf.data" in found[-1].message
    assert not found[-1].fixes


def test_an_init_keeps_what_it_imports_for_others() -> None:
    source = Source.from_text("from tensorflow_addons.layers import CRF\n")
    settings = Settings(select=("K111",))
    assert check(source, settings, filename="package/__init__.py").findings
    assert fix(source, settings, filename="package/__init__.py").source == source
    assert fix(source, settings, filename="package/crf.py").source.text == ""
