"""`k3ls rule` and `k3ls op`."""

from __future__ import annotations

import pytest

from k3ls.engine.describe import describe_op, describe_rule
from k3ls.knowledge.ops import data, ops
from k3ls.rules.registry import rules
from tests.cli.conftest import Run


def test_all_rules(run: Run) -> None:
    done = run("rule")
    assert done.code == 0
    lines = done.out.splitlines()
    assert [line.split()[:3] for line in lines] == [
        [rule.code, rule.name, rule.severity.value] for rule in rules()
    ]
    assert lines[0].endswith("An import of Keras from inside TensorFlow.")


@pytest.mark.parametrize("name", ["K101", "k101", "tensorflow-keras-import"])
def test_one_rule(run: Run, name: str) -> None:
    done = run("rule", name)
    assert done.code == 0
    assert done.out.startswith("**K101 tensorflow-keras-import** (warning")
    assert "\n## Fix safety\n" in done.out


def test_every_rule_has_a_description() -> None:
    for rule in rules():
        assert rule.summary in describe_rule(rule)


def test_unknown_rule(run: Run) -> None:
    done = run("rule", "K110")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("k3ls: no rule is called K110; close to it: K")
    assert done.err.count("\n") == 1
    assert "tensorflow-op" in run("rule", "tensorflow-ops").err
    assert run("rule", "xyzzy").err == "k3ls: no rule is called xyzzy\n"


def test_op(run: Run) -> None:
    done = run("op", "tf.argmax")
    assert done.code == 0
    for text in (
        "**`tf.argmax`** becomes **`keras.ops.argmax`**.",
        "tf.argmax(input, axis=None, output_type=tf.int64, name=None)",
        "keras.ops.argmax(x, axis, keepdims)",
        "`tf.math.argmax`",
        "| `input` | `x` |",
        "| `axis=None` | `axis` | `0` where it is not given |",
        "| `name=None` |  | dropped |",
        "keras.ops.argmax(input, axis=axis | 0)",
        "TensorFlow takes axis 0 by default",
        *(f"{name} {version}" for name, version in data()["versions"].items()),
    ):
        assert text in done.out


def test_conditions_of_an_op(run: Run) -> None:
    out = run("op", "tf.matmul").out
    assert "If `transpose_a` is its default and `transpose_b` is `True`:" in out
    assert "keras.ops.matmul(a, keras.ops.swapaxes(b, -2, -1))" in out


@pytest.mark.parametrize(
    "name", ["tf.reduce_mean", "tensorflow.math.reduce_mean", "tf.math.reduce_mean", "reduce_mean"]
)
def test_names_of_an_op(run: Run, name: str) -> None:
    assert run("op", name).out.startswith("**`tf.reduce_mean`** becomes **`keras.ops.mean`**.")


@pytest.mark.parametrize("name", ["keras.ops.take", "ops.take", "tf.keras.ops.take"])
def test_ops_of_a_keras_function(run: Run, name: str) -> None:
    done = run("op", name)
    assert done.code == 0
    assert done.out.startswith("**`keras.ops.take`** takes the place of:\n")
    assert "- `tf.gather`: `keras.ops.take(params, indices, axis=axis | 0)`" in done.out


def test_unknown_op(run: Run) -> None:
    done = run("op", "reduce_men")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("k3ls: no op is known by the name reduce_men; close to it: tf.")
    assert "tf.reduce_mean" in done.err
    assert "tf.reduce_mean" in run("op", "tf.reduce_men").err
    assert run("op", "tf.xyzzy").err == "k3ls: no op is known by the name tf.xyzzy\n"


def test_every_row_has_a_description() -> None:
    for op in ops():
        text = describe_op(op)
        assert op.name in text
        assert all(name in text for name, _ in op.parameters)
        assert op.note in text
