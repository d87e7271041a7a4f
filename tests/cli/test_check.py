"""What `k3ls check` says, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import NEW, OLD, Run, RunBytes, write

# Its K101 is of TensorFlow's Keras, its K103 of Keras 3 on any backend.
TWO_RULES = "from tensorflow import keras\n\nlayer = keras.layers.ThresholdedReLU(0.5)\n"


def codes(out: str) -> list[str]:
    return [line.split()[1] for line in out.splitlines()[:-1]]


def test_no_finding_is_0(run: Run, folder: Path) -> None:
    write(folder, {"a.py": NEW})
    done = run("check")
    assert (done.code, done.out, done.err) == (0, "No findings in 1 file.\n", "")


def test_a_finding_is_1(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    assert run("check").code == 1


def test_exit_zero_with_findings(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    done = run("check", "--exit-zero", "--output-format", "concise")
    assert done.code == 0
    assert codes(done.out) == ["K101"]


def test_exit_zero_does_not_hide_a_failure(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    assert run("check", "--exit-zero", "a.py", "missing.py").code == 2


def test_working_folder_is_the_default(run: Run, folder: Path) -> None:
    write(folder, {"pkg/a.py": OLD})
    assert run("check").out == run("check", ".").out
    assert run("check").out.startswith(str(Path("pkg/a.py")) + ":1:24: K101")


def test_select(run: Run, folder: Path) -> None:
    write(folder, {"a.py": TWO_RULES})
    concise = ("check", "--output-format", "concise")
    assert codes(run(*concise).out) == ["K101", "K103"]
    assert codes(run(*concise, "--select", "K103").out) == ["K103"]
    assert codes(run(*concise, "--select", "k103,K101").out) == ["K101", "K103"]
    assert codes(run(*concise, "--select", "K1", "--select", "K3").out) == ["K101", "K103"]
    assert run(*concise, "--select", "K3").code == 0


def test_ignore(run: Run, folder: Path) -> None:
    write(folder, {"a.py": TWO_RULES})
    concise = ("check", "--output-format", "concise")
    assert codes(run(*concise, "--ignore", "K103").out) == ["K101"]
    assert codes(run(*concise, "--select", "K1", "--ignore", "K101").out) == ["K103"]
    assert run(*concise, "--ignore", "K1").code == 0


def test_code_without_a_rule(run: Run, folder: Path) -> None:
    done = run("check", "--select", "K999")
    assert (done.code, done.out) == (2, "")
    assert done.err == "k3ls: no rule has the code K999\n"


def test_target(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    assert run("check", "--target", "tensorflow").code == 0
    assert run("check", "--target", "any").code == 1


def test_statistics(run: Run, folder: Path) -> None:
    write(folder, {"a.py": TWO_RULES, "b.py": OLD})
    done = run("check", "--statistics")
    assert done.code == 1
    assert done.out.splitlines()[:-1] == [
        "2  K101  tensorflow-keras-import",
        "1  K103  removed-name",
    ]
    assert json.loads(run("check", "--statistics", "--output-format", "json").out) == [
        {"code": "K101", "name": "tensorflow-keras-import", "count": 2},
        {"code": "K103", "name": "removed-name", "count": 1},
    ]


def test_last_line(run: Run, folder: Path) -> None:
    write(
        folder,
        {
            "a.py": "import tensorflow as tf\n\nx = tf.abs(1.0)\ny = tf.argmax([x])\n",
            "b.py": OLD,
            "c.py": "x = 1\n",
        },
    )
    assert run("check").out.splitlines()[-1] == (
        "Found 3 findings (0 errors, 1 warning, 2 informational) in 2 files."
        " 2 fixable with `k3ls fix`, 1 more with `--unsafe-fixes`."
    )


def test_missing_path_does_not_stop_the_others(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    done = run("check", "missing.py", "a.py", "--output-format", "concise")
    assert done.code == 2
    assert codes(done.out) == ["K101"]
    assert done.err == "missing.py: No such file or directory\n"


def test_undecodable_file(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    (folder / "bad.py").write_bytes(b"import keras\n# caf\xe9\n")
    done = run("check", "--output-format", "concise")
    assert done.code == 2
    assert codes(done.out) == ["K101"]
    assert done.err.startswith("bad.py:2: not valid UTF-8")
    assert done.err.count("\n") == 1


def test_unknown_encoding(run: Run, folder: Path) -> None:
    (folder / "bad.py").write_bytes(b"# coding: martian\nimport keras\n")
    done = run("check")
    assert done.code == 2
    assert done.err.startswith("bad.py:1: ")
    assert done.err.count("\n") == 1


def test_unparsable_file_keeps_its_findings(run: Run, folder: Path) -> None:
    write(folder, {"bad.py": "from tensorflow import keras\n\ndef broken(:\n", "c.py": OLD})
    done = run("check", "--output-format", "concise")
    assert done.code == 2
    assert [line.split(":")[0] for line in done.out.splitlines()[:-1]] == ["bad.py", "c.py"]
    assert done.err.startswith("bad.py:3: syntax error: ")
    assert done.err.count("\n") == 1


def test_project_file(run: Run, folder: Path) -> None:
    write(folder, {"requirements.txt": "numpy\nTensorFlow<2.16  # old\n"})
    done = run("check", "requirements.txt")
    assert (done.code, done.err) == (1, "")
    assert done.out.splitlines() == [
        "requirements.txt:2:1: K601 (pinned-keras-2) warning: "
        "`tensorflow<2.16` keeps Keras 2 installed: TensorFlow requires it before 2.16",
        "  |",
        "2 | TensorFlow<2.16  # old",
        "  | ^^^^^^^^^^^^^^^",
        "  = [unsafe] Require `tensorflow>=2.16`",
        "",
        "Found 1 finding (0 errors, 1 warning, 0 informational) in 1 file."
        " 1 fixable with `k3ls fix --unsafe-fixes`.",
    ]
    (row,) = json.loads(run("check", "--output-format", "json").out)
    assert row["location"] == {"row": 2, "column": 1}
    assert row["fix"]["edits"] == [
        {
            "content": ">=2.16",
            "location": {"row": 2, "column": 11},
            "end_location": {"row": 2, "column": 16},
        }
    ]


def test_broken_project_file_is_no_syntax_error(run: Run, folder: Path) -> None:
    write(folder, {"environment.yml": "a: [\ndependencies:\n  - keras<3\n"})
    done = run("check", "--output-format", "concise")
    assert done.err == ""
    assert codes(done.out) == ["K601"]


def test_project_file_on_stdin(program: RunBytes) -> None:
    arguments = ("check", "-", "--output-format", "concise", "--stdin-filename", "setup.cfg")
    done = program(*arguments, stdin=b"[options]\ninstall_requires = keras<3\n")
    assert done.stdout.startswith(b"setup.cfg:2:20: K601 ")


def test_files_without_keras_are_not_read_as_python(run: Run, folder: Path) -> None:
    (folder / "a.py").write_bytes(b"\xff\xfe (((")
    assert run("check").code == 0


def test_what_nobody_thought_of_does_not_stop_the_others(run: Run, folder: Path) -> None:
    settings = "[tool.k3ls.per-file-ignores]\n'!' = ['K101']\n"
    write(folder, {"a.py": OLD, "sub/pyproject.toml": settings, "sub/b.py": OLD})
    done = run("check", "--output-format", "concise")
    assert done.code == 2
    assert codes(done.out) == ["K101"]
    assert done.err.startswith("sub/b.py: ")
    assert done.err.count("\n") == 1


def test_rule_that_raises(program: RunBytes, folder: Path) -> None:
    write(
        folder,
        {
            "a.py": OLD,
            "rules/broken.py": '''"""Raises."""
from k3ls.rules.finding import Severity
from k3ls.rules.rule import Rule
RULE = Rule("K999", "broken", Severity.ERROR)
@RULE.reference("tensorflow.keras.layers")
def check(reference, context):
    raise KeyError("no such thing")
''',
        },
    )
    code = (
        "import sys, k3ls.rules; from k3ls.cli import main;"
        " k3ls.rules.__path__.append('rules'); sys.exit(main())"
    )
    done = program("check", "a.py", "--output-format", "concise", code=code)
    assert done.returncode == 2
    assert b"a.py:1:24: K101" in done.stdout
    assert done.stderr == b"a.py:3: K999 failed: KeyError: 'no such thing'\n"


def test_stdin(program: RunBytes) -> None:
    done = program("check", "-", "--output-format", "concise", stdin=OLD.encode())
    assert done.returncode == 1
    assert done.stdout.startswith(b"-:1:24: K101 ")


def test_stdin_filename(program: RunBytes, folder: Path) -> None:
    write(
        folder,
        {"pkg/pyproject.toml": "[tool.k3ls.per-file-ignores]\n'quiet.py' = ['K101']\n"},
    )
    arguments = ("check", "-", "--output-format", "concise", "--stdin-filename")
    done = program(*arguments, "pkg/loud.py", stdin=OLD.encode())
    assert done.stdout.startswith(b"pkg/loud.py:1:24: K101 ")
    assert program(*arguments, "pkg/quiet.py", stdin=OLD.encode()).returncode == 0


def test_stdin_stands_alone(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    done = run("check", "-", "a.py")
    assert done.code == 2
    assert done.err == "k3ls: - for standard input can't stand with other paths\n"


@pytest.mark.parametrize(
    "arguments",
    [[], ["check", "--output-format", "xml"], ["check", "--target", "jax"], ["nonsense"]],
    ids=" ".join,
)
def test_wrong_arguments(arguments: list[str], run: Run) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2


def test_version(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("--version")
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("k3ls 0.")


def test_check_loads_nothing_of_the_editor_or_the_terminal(program: RunBytes, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    code = (
        "import sys; from k3ls.cli import main; main(); "
        "print(sorted({'rich', 'pygls', 'lsprotocol', 'libcst', 'jedi'} & set(sys.modules)))"
    )
    for arguments in (["check", "a.py"], ["fix", "a.py"]):
        assert program(*arguments, code=code).stdout.splitlines()[-1] == b"[]"
