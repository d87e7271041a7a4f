"""How much of counted code the op table knows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAD = "symbol\tuses\tfiles\n"


def coverage(usage: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tools.op_coverage", usage],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_uses_are_told_apart_by_what_is_known_of_them(tmp_path: Path) -> None:
    usage = tmp_path / "usage.tsv"
    usage.write_text(
        HEAD
        + "tf.data.Dataset\t30\t2\n"
        + "tf.python.ops.math_ops.cast\t60\t3\n"
        + "tf.keras.layers.Dense\t500\t9\n"
        + "tf.math.no_such_op\t2\t1\n"
        + "tf.compat.v1.log\t8\t1\n",
        encoding="utf-8",
    )
    done = coverage(usage)
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert [line.split() for line in lines[:4]] == [
        ["60", "mapped", "tf.python.ops.math_ops.cast"],
        ["30", "explained", "tf.data.Dataset"],
        ["8", "mapped", "tf.compat.v1.log"],
        ["2", "missing", "tf.math.no_such_op"],
    ]
    assert "mapped: 68 of 100 uses, 68.0 in 100" in lines


def test_too_little_is_an_error(tmp_path: Path) -> None:
    usage = tmp_path / "usage.tsv"
    usage.write_text(HEAD + "tf.abs\t90\t1\ntf.math.no_such_op\t10\t1\n", encoding="utf-8")
    assert coverage(usage).returncode == 1
