"""Fixing: until nothing changes, never two fixes over the same text, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import k3ls.rules
from k3ls.engine import check, fix
from k3ls.rules import registry
from k3ls.rules.finding import Applicability
from k3ls.settings import Settings
from k3ls.text import Source

RULE_FILE = '''"""A rule for a test.

## What it does

Finds `tf.{op}`.
"""

from k3ls.rules.finding import Applicability, Fix, Severity
from k3ls.rules.rule import Rule
from k3ls.text import Edit

RULE = Rule("{code}", "test-{code}", Severity.WARNING)


@RULE.reference("tensorflow.{op}")
def check(reference, context):
    node = reference.node
    {body}
'''


@pytest.fixture
def add_rule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str, str], None]]:
    """Adds rules as a contributor does: by putting a file beside the others."""

    def forget() -> None:
        registry.rules.cache_clear()
        import_module("k3ls.engine.check")._listeners.cache_clear()

    def add(code: str, op: str, body: str) -> None:
        text = RULE_FILE.format(code=code, op=op, body=body)
        name = f"rule_{tmp_path.name}_{code.lower()}"
        (tmp_path / f"{name}.py").write_text(text)
        forget()

    monkeypatch.setattr(k3ls.rules, "__path__", [*k3ls.rules.__path__, str(tmp_path)])
    yield add
    monkeypatch.undo()
    forget()


def test_a_new_rule_is_one_new_file(add_rule) -> None:
    add_rule("K998", "raise_it", 'yield RULE.finding(node.start_byte, node.end_byte, "found")')
    source = Source.from_text("import tensorflow as tf\ntf.raise_it()\n")
    (finding,) = check(source).findings
    assert (finding.code, finding.start, finding.end) == ("K998", 24, 35)
    assert registry.rule("test-K998") is None, "names are looked up in lower case"
    assert registry.rule("k998") is not None


def test_a_rule_that_raises_is_reported_and_the_others_go_on(add_rule) -> None:
    add_rule("K998", "abs", 'raise RuntimeError("oh"); yield')
    analysis = check(Source.from_text("import tensorflow as tf\n\ny = tf.abs(x)\n"))
    assert [finding.code for finding in analysis.findings] == ["K301"]
    (error,) = analysis.errors
    assert (error.code, error.line, error.message) == ("K998", 3, "RuntimeError: oh")


def test_a_fix_that_breaks_the_text_is_thrown_away(add_rule) -> None:
    add_rule(
        "K998",
        "broken",
        'yield RULE.finding(node.start_byte, node.end_byte, "found", Fix("Break it",'
        ' (Edit(node.start_byte, node.end_byte, "("),), Applicability.SAFE))',
    )
    source = Source.from_text("import tensorflow as tf\ntf.broken(1)\n")
    fixed = fix(source)
    assert fixed.error == "the fixed text would not parse"
    assert fixed.source == source
    assert not fixed.applied


def test_fixes_that_undo_one_another_end(add_rule) -> None:
    for code, op, other in (("K997", "one", "two"), ("K998", "two", "one")):
        add_rule(
            code,
            op,
            'yield RULE.finding(node.start_byte, node.end_byte, "found", Fix("Turn",'
            f' (Edit(node.start_byte, node.end_byte, "tf.{other}"),), Applicability.SAFE))',
        )
    source = Source.from_text("import tensorflow as tf\ntf.one(1)\n")
    fixed = fix(source)
    assert fixed.error == "fixes of one another without an end"
    assert fixed.source == source


def test_two_rules_over_the_same_text_take_turns(add_rule) -> None:
    for code, text in (("K997", "first"), ("K998", "second")):
        add_rule(
            code,
            "both",
            'yield RULE.finding(node.start_byte, node.end_byte, "found", Fix("Take it",'
            f' (Edit(node.start_byte, node.end_byte, "{text}"),), Applicability.SAFE))',
        )
    fixed = fix(Source.from_text("import tensorflow as tf\ntf.both(tf.nn)\n"))
    assert fixed.source.text == "import tensorflow as tf\nfirst(tf.nn)\n"
    assert fixed.applied == {"K997": 1}


def test_safe_fixes_alone_and_unsafe_ones_too() -> None:
    source = Source.from_text(
        "import keras\nimport tensorflow as tf\n\n\ndef f(x):\n    return tf.argmax(tf.abs(x))\n"
    )
    assert "return tf.argmax(keras.ops.absolute(x))" in fix(source).source.text
    assert (
        "return keras.ops.argmax(keras.ops.absolute(x), axis=0)"
        in fix(source, unsafe=True).source.text
    )


def test_findings_around_a_syntax_error() -> None:
    text = (
        "import tensorflow as tf\n\n\ndef f(x):\n    return tf.abs(x)\n\n\ndef g(:\n    y = [\n"
        "\n\ndef h(x):\n    return tf.reverse(x, [0])\n"
    )
    source = Source.from_text(text)
    analysis = check(source)
    lines = {source.lines.line_of(finding.start) + 1 for finding in analysis.findings}
    assert lines == {5, 13}
    assert analysis.syntax_error is not None
    fixed = fix(source, unsafe=True)
    assert "keras.ops.absolute(x)" in fixed.source.text
    assert "def g(:\n    y = [\n" in fixed.source.text


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("", ["K301"]),
        ("  # k3ls: ignore[K301]", []),
        ("  # k3ls: ignore[K101, k301]", []),
        ("  # k3ls: ignore", []),
        ("  # k3ls: ignore[K102]", ["K301"]),
        ("  # K3LS:ignore[K301] because", []),
    ],
)
def test_suppression_on_a_line(comment: str, left: list[str]) -> None:
    text = (
        f"import keras\nimport tensorflow as tf\nx = tf.abs(y){comment}\nz = '# k3ls: skip-file'\n"
    )
    assert [finding.code for finding in check(Source.from_text(text)).findings] == left


def test_skip_file() -> None:
    text = "# k3ls: skip-file\nimport tensorflow as tf\nx = tf.abs(y)\n"
    assert check(Source.from_text(text)).findings == ()
    assert fix(Source.from_text(text), unsafe=True).source.text == text


def test_settings_choose_rules_and_targets() -> None:
    source = Source.from_text(
        "from tensorflow import keras\nimport tensorflow as tf\nx = tf.abs(keras)\n"
    )

    def codes(**settings: Any) -> list[str]:
        return [finding.code for finding in check(source, Settings(**settings)).findings]

    assert codes() == ["K101", "K301"]
    assert codes(select=("K3",)) == ["K301"]
    assert codes(ignore=("K301",)) == ["K101"]
    assert codes(select=("K",), ignore=("K1",)) == ["K301"]
    assert codes(target="tensorflow") == []


@pytest.mark.parametrize(
    ("style", "head", "call"),
    [
        ("auto", "import keras\nimport tensorflow as tf\n", "keras.ops.absolute(y)"),
        ("keras.ops", "import keras\nimport tensorflow as tf\n", "keras.ops.absolute(y)"),
        ("ops", "import tensorflow as tf\nfrom keras import ops\n", "ops.absolute(y)"),
    ],
)
def test_ops_style(style: str, head: str, call: str) -> None:
    source = Source.from_text("import tensorflow as tf\nx = tf.abs(y)\nz = tf.nn\n")
    fixed = fix(source, Settings(ops_style=style))
    assert fixed.source.text == f"{head}x = {call}\nz = tf.nn\n"


def test_a_package_keeps_the_imports_that_others_may_use() -> None:
    source = Source.from_text("import tensorflow as tf\nimport keras\n")
    assert check(source, filename="package/__init__.py").findings == ()
    assert [finding.code for finding in check(source, filename="module.py").findings] == ["K104"]


def test_text_without_either_library_has_no_findings() -> None:
    assert check(Source.from_text("import numpy as tf\ntf.abs(1)\n")).findings == ()


def test_the_dtype_decides_how_far_a_fix_can_be_trusted() -> None:
    text = (
        "import keras\nimport tensorflow as tf\n\n\ndef f(x):\n"
        "    a = tf.reduce_mean(x)\n"
        "    b = tf.reduce_mean(tf.cast(x, tf.float32))\n"
        "    c = tf.reduce_mean(tf.cast(x, tf.int32))\n"
        "    d = tf.reduce_mean(tf.nn.gelu(x) * 2)\n"
    )
    source = Source.from_text(text)
    found = {}
    for finding in check(source).findings:
        if source.data[finding.start : finding.end] == b"tf.reduce_mean":
            line = source.lines.line_of(finding.start) + 1
            found[line] = finding.fixes[0].applicability if finding.fixes else None
    assert found == {
        6: Applicability.UNSAFE,
        7: Applicability.SAFE,
        8: None,
        9: Applicability.SAFE,
    }


def test_special_tensors_make_every_op_unsafe() -> None:
    text = (
        "import keras\nimport tensorflow as tf\nr = tf.ragged.constant([[1], []])\nx = tf.abs(y)\n"
    )
    _, finding = check(Source.from_text(text)).findings
    assert finding.fixes[0].applicability is Applicability.UNSAFE


@pytest.mark.parametrize(
    ("call", "applicability"),
    [
        ("tf.constant([1.0, 2.0])", Applicability.SAFE),
        ("tf.constant('text')", None),
        ("tf.constant(['a', 'b'])", None),
        ("tf.multiply(x, y)", Applicability.SAFE),
        ("tf.multiply(x, np.sqrt(3))", Applicability.UNSAFE),
        ("tf.zeros((2, 3))", Applicability.SAFE),
    ],
)
def test_what_an_argument_says_of_the_fix(call: str, applicability: Applicability | None) -> None:
    text = f"import keras\nimport numpy as np\nimport tensorflow as tf\nz = {call}\n"
    (finding,) = check(Source.from_text(text)).findings
    found = finding.fixes[0].applicability if finding.fixes else None
    assert found is applicability


def test_names_inside_a_template_are_the_files_own() -> None:
    text = "from keras import ops\nfrom tensorflow.keras import backend as K\nx = K.constant(3.5)\n"
    fixed = fix(Source.from_text(text), unsafe=True).source.text
    assert "keras.backend.floatx" not in fixed or "import keras\n" in fixed


def test_type_comments_follow() -> None:
    source = Source.from_text(
        "import tensorflow as tf\n\n"
        "layers = []  # type: list[tf.keras.layers.Layer]  # all of them\n"
        "other = None  # type: ignore\n"
    )
    assert fix(source).source.text == (
        "import keras\n\n"
        "layers = []  # type: list[keras.layers.Layer]  # all of them\n"
        "other = None  # type: ignore\n"
    )


def test_safe_fixes_keep_what_a_star_hands_on() -> None:
    text = "from tensorflow.keras.layers import *\n\nlayer = Dense(3)\n"
    source = Source.from_text(text)
    assert fix(source).source.text == text.replace("tensorflow.", "")
    assert fix(source, unsafe=True).source.text == text.replace("tensorflow.", "").replace(
        "*", "Dense"
    )
    # On Keras 3 this star would take the place of Python's `random`.
    captured = Source.from_text(
        "import random\nfrom tensorflow.keras import *\n\nrandom.seed(Model)\n"
    )
    assert fix(captured).source == captured
    assert "from keras import Model\n" in fix(captured, unsafe=True).source.text
    (finding,) = check(captured).findings
    assert finding.message.endswith("`random` from Keras 3 too, which is something else here")
