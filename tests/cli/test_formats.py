"""How findings are shown."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ENVIRONMENT, OLD, PROGRAM, Run, RunBytes, all_of, write

TERMINAL = {key: value for key, value in ENVIRONMENT.items() if key != "NO_COLOR"} | {
    "TERM": "xterm-256color",
    "COLUMNS": "200",
}


def on_terminal(*arguments: str, environment: Mapping[str, str] = TERMINAL) -> str:
    """What a terminal gets as output."""
    master, slave = pty.openpty()
    with subprocess.Popen([*PROGRAM, *arguments], stdout=slave, env=environment):
        os.close(slave)
        return all_of(master)


def test_concise(run: Run, folder: Path) -> None:
    write(folder, {"a.py": f"\n{OLD}"})
    out = run("check", "--output-format", "concise").out.splitlines()
    assert out[0].startswith("a.py:2:24: K101 `tensorflow.keras` ties the code to TensorFlow")
    assert len(out) == 2


def test_full(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    assert run("check").out.splitlines() == [
        "a.py:1:24: K101 (tensorflow-keras-import) warning: "
        "`tensorflow.keras` ties the code to TensorFlow; Keras 3 is `keras`",
        "  |",
        "1 | from tensorflow import keras",
        "  |                        ^^^^^",
        "  = [safe] Import `keras`",
        "",
        "Found 1 finding (0 errors, 1 warning, 0 informational) in 1 file."
        " 1 fixable with `k3ls fix`.",
    ]


def snippet(out: str, row: int) -> tuple[str, str]:
    """A line of source and what stands under it, where the finding on it is shown."""
    lines = out.splitlines()
    index = next(index for index, line in enumerate(lines) if line.startswith(f"{row} | "))
    return lines[index], lines[index + 1]


def test_carets_after_tabs_and_wide_characters(run: Run, folder: Path) -> None:
    write(
        folder,
        {
            "a.py": "import tensorflow as tf\n"
            "if True:\n"
            "\tx = tf.abs(1.0)\n"
            'y = ["日本", "e\N{COMBINING ACUTE ACCENT}", tf.abs(1.0)]\n'
        },
    )
    out = run("check", "--select", "K301").out
    assert snippet(out, 3) == (
        "3 |     x = tf.abs(1.0)",
        "  |         ^^^^^^",
    )
    # Each ideograph is two columns wide, the accent none.
    assert snippet(out, 4) == (
        'y = ["日本", "e\N{COMBINING ACUTE ACCENT}", tf.abs(1.0)]'.join(["4 | ", ""]),
        "  | " + " " * 18 + "^" * 6,
    )


def test_range_over_several_lines(run: Run, folder: Path) -> None:
    names = ",\n    ".join(["Dense", "Dropout", "Flatten"])
    write(folder, {"a.py": f"from tensorflow.keras.layers import (\n    {names},\n)\n"})
    out = run("check", "--select", "K101").out
    assert snippet(out, 1) == (
        "1 | from tensorflow.keras.layers import (",
        "  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
    )
    assert snippet(out, 2) == ("2 |     Dense,", "  |     ^^^^^^")
    assert snippet(out, 5) == ("5 | )", "  | ^")


def test_source_can_not_steer_the_terminal(run: Run, folder: Path) -> None:
    write(folder, {"a.py": "from tensorflow import keras  # \x1b[31m\x07\n"})
    out = run("check").out
    assert "\x1b" not in out
    assert "\x07" not in out


def test_colours_on_a_terminal_only(program: RunBytes, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    plain = program("check", environment=TERMINAL).stdout.decode()
    coloured = on_terminal("check")
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert on_terminal("check", environment={**TERMINAL, "NO_COLOR": "1"}) == plain


def test_markdown_on_a_terminal(folder: Path) -> None:
    out = on_terminal("rule", "K101")
    assert "\x1b[" in out
    assert "## " not in out


def json_rows(run: Run, *arguments: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(run("check", "--output-format", "json", *arguments).out)
    return rows


def test_json(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    assert json_rows(run) == [
        {
            "code": "K101",
            "name": "tensorflow-keras-import",
            "message": "`tensorflow.keras` ties the code to TensorFlow; Keras 3 is `keras`",
            "filename": "a.py",
            "severity": "warning",
            "location": {"row": 1, "column": 24},
            "end_location": {"row": 1, "column": 29},
            "fix": {
                "applicability": "safe",
                "message": "Import `keras`",
                "edits": [
                    {
                        "content": "import keras",
                        "location": {"row": 1, "column": 1},
                        "end_location": {"row": 1, "column": 29},
                    }
                ],
            },
            "url": "docs/rules/tensorflow-keras-import.md",
        }
    ]


def test_json_without_findings(run: Run) -> None:
    assert json_rows(run) == []


def test_json_without_a_fix(run: Run, folder: Path) -> None:
    write(folder, {"a.py": "import keras\n\nx = keras.layers.DenseFeatures([])\n"})
    [row] = json_rows(run)
    assert (row["code"], row["severity"], row["fix"]) == ("K103", "error", None)


def test_json_columns_are_characters(run: Run, folder: Path) -> None:
    line = 'print("\N{PARTY POPPER} é"); x = tf.abs(1.0)'
    write(folder, {"a.py": f"import tensorflow as tf\n{line}\n"})
    [row] = json_rows(run, "--select", "K301")
    column = line.index("tf.abs") + 1
    assert row["location"] == {"row": 2, "column": column}
    assert row["end_location"] == {"row": 2, "column": column + len("tf.abs")}
    edit = next(edit for edit in row["fix"]["edits"] if "ops" in edit["content"])
    assert edit["location"] == {"row": 2, "column": column}


def test_json_edits_make_the_fix(run: Run, folder: Path) -> None:
    """Whoever applies a finding's edits by rows and columns gets what `k3ls fix` writes."""
    text = '"""\N{PARTY POPPER}"""\r\nfrom tensorflow import keras\r\nx = keras.layers.Dense(3)\r\n'
    (folder / "a.py").write_bytes(text.encode())
    [row] = json_rows(run)
    lines = text.split("\r\n")

    def index(place: dict[str, int]) -> int:
        before = lines[: place["row"] - 1]
        return sum(len(line) + 2 for line in before) + place["column"] - 1

    for edit in reversed(row["fix"]["edits"]):
        start, end = index(edit["location"]), index(edit["end_location"])
        text = text[:start] + edit["content"] + text[end:]
    run("fix")
    assert (folder / "a.py").read_bytes() == text.encode()


@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_broken_pipe_is_quiet(folder: Path, form: str) -> None:
    lines = "x = tf.keras.layers.Dense(3)\n" * 100
    files = {f"m{number}.py": f"import tensorflow as tf\n{lines}" for number in range(20)}
    write(folder, files)
    command = [*PROGRAM, "check", "--output-format", form]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_output_that_can_not_be_written(folder: Path) -> None:
    write(folder, {"a.py": OLD})
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PROGRAM, "check"], stdout=full, stderr=subprocess.PIPE, env=ENVIRONMENT, check=False
        )
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"No space left" in done.stderr
