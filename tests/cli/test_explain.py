"""`k3ls rule` and `k3ls op`."""

from __future__ import annotations

import pytest

from k3ls.engine.describe import describe_op, describe_rule
from k3ls.engine.fate import name_fate
from k3ls.knowledge.ops import data, ops
from k3ls.knowledge.symbols import data as symbols
from k3ls.knowledge.symbols import lost_members
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


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "tf.data.Dataset.from_tensor_slices",
            "stays TensorFlow.\n\nIt stays: tf.data feeds `fit`",
        ),
        ("tf.strings.lower", "has no counterpart in `keras.ops`.\n\nTensors of strings"),
        ("tf.random.Generator.from_seed", "has no counterpart in `keras.ops`.\n\n`keras.random"),
    ],
)
def test_names_that_are_no_ops(run: Run, name: str, said: str) -> None:
    assert run("op", name).out.startswith(f"**`{name}`** {said}")


def test_packages_of_ops_are_no_ops(run: Run) -> None:
    assert run("op", "tf.math").code == 2


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
    done = run("rule", "K190")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("k3ls: no rule is called K190 or is about it; close to it: K")
    assert done.err.count("\n") == 1
    assert "tensorflow-op" in run("rule", "tensorflow-ops").err
    assert run("rule", "xyzzy").err == "k3ls: no rule is called xyzzy or is about it\n"
    assert run("rule", "keras.layers.Dense").code == 2


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
    assert done.out.startswith(
        "**`keras.ops.take`** is new in Keras 3.\n\nIt takes the place of:\n"
    )
    assert "- `tf.gather`: `keras.ops.take(params, indices, axis=axis | 0)`" in done.out


def test_unknown_op(run: Run) -> None:
    done = run("op", "reduce_men")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("k3ls: nothing is known by the name reduce_men; close to it: tf.")
    assert "tf.reduce_mean" in done.err
    assert "tf.reduce_mean" in run("op", "tf.reduce_men").err
    assert run("op", "tf.xyzzy").err == "k3ls: nothing is known by the name tf.xyzzy\n"


def test_every_row_has_a_description() -> None:
    for op in ops():
        text = describe_op(op)
        assert op.name in text
        assert all(name in text for name, _ in op.parameters)
        assert op.note in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("keras.layers.ThresholdedReLU", ["keras.layers.ReLU(threshold=theta", "K103"]),
        ("ThresholdedReLU", ["keras.layers.ReLU(threshold=theta", "K103"]),
        (
            "tf.keras.optimizers.Adam",
            [
                "there in Keras 3 under the same name",
                "| `lr` | is `learning_rate`",
                "| `jit_compile` | is gone from Keras 3 and can be left out",
                "| `name` | has the default `None` in Keras 3, and had `'Adam'` |",
                "`lr` (`learning_rate`)",
                "# Keras 2\nkeras.optimizers.Adam(learning_rate=0.001",
            ],
        ),
        ("Adam.lr", ["has no `lr`: it is `learning_rate`.", "K106"]),
        ("keras.optimizers.Adam.lr", ["has no `lr`: it is `learning_rate`.", "K106"]),
        ("fit_generator", ["`keras.Model`** has no `fit_generator`", "K106"]),
        ("Model.fit", ["takes other arguments", "| `workers` | is gone"]),
        ("Dense", ["`keras.layers.Dense`** is there in Keras 3"]),
        ("Dense.units", ["`units` of **`keras.layers.Dense`** is the same in Keras 3"]),
        ("RMSNormalization", ["new in Keras 3, since 3.9"]),
        ("np_utils", ["was never public", "`keras.utils.to_categorical`", "K107"]),
        ("keras.layers.core.Dense", ["was never public: the name is `keras.layers.Dense`", "K107"]),
        ("tf.losses.logcosh", ["is `keras.losses.log_cosh` in Keras 3", "K103"]),
        ("keras.optimizers.legacy.SGD", ["is `keras.optimizers.SGD` in Keras 3", "Check:", "K103"]),
        (
            "tf.compat.v1.keras.losses.Reduction",
            ["Keras 3 has no", "Reductions are strings", "K103"],
        ),
    ],
)
def test_names_of_keras(run: Run, name: str, said: list[str]) -> None:
    done = run("op", name)
    assert (done.code, done.err) == (0, "")
    for one in said:
        assert one in done.out


def test_unknown_names_of_keras(run: Run) -> None:
    assert (
        "close to it: keras.layers.ThresholdedReLU" in run("op", "keras.layers.ThresholdReLU").err
    )
    assert "keras.Model.fit_generator" in run("op", "fit_generater").err
    assert run("op", "keras.layers.Dense.nothing").code == 2
    assert run("op", "Dense.").code == 2
    assert run("op", "").code == 2


@pytest.mark.parametrize(
    ("name", "code"),
    [("fit_generator", "K106"), ("ThresholdedReLU", "K103"), ("K.mean", "K303")],
)
def test_rule_by_a_name_that_it_is_about(run: Run, name: str, code: str) -> None:
    done = run("rule", name)
    assert done.code == 0
    fate, page = done.out.index(name), done.out.index(f"**{code} ")
    assert fate < page
    assert "\n## Fix safety\n" in done.out


def test_every_name_has_a_fate() -> None:
    for path in symbols()["symbols"]:
        found = name_fate(path)
        assert found is not None
        assert found.text.strip(), path
    for member, rows in lost_members().items():
        for row in rows:
            found = name_fate(f"{row.of[0]}.{member}")
            assert found is not None, (row.of, member)
