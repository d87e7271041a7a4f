"""Many files in several processes, and ending them."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
from pathlib import Path

import pytest

from k3ls.engine.discover import File, find
from k3ls.engine.files import map_files
from tests.cli.conftest import ENVIRONMENT, NEW, OLD, PROGRAM, Run, RunBytes, all_of, write

PADDING = "# what makes a file long enough to be worth a process\n" * 200


def many(folder: Path, count: int) -> list[str]:
    names = [f"pkg{number % 7}/m{number}.py" for number in range(count)]
    write(folder, dict.fromkeys(names, f"{OLD}{PADDING}"))
    return names


def process_of(file: File) -> int:
    return os.getpid()


@pytest.mark.skipif(os.cpu_count() == 1, reason="one processor has use for one process only")
def test_much_work_is_done_in_other_processes(folder: Path) -> None:
    many(folder, 60)
    assert os.getpid() not in set(map_files(process_of, find([folder]).files))


def test_little_work_is_done_in_this_process(folder: Path) -> None:
    write(folder, {f"m{number}.py": OLD for number in range(60)})
    assert set(map_files(process_of, find([folder]).files)) == {os.getpid()}


def test_several_processes_find_what_one_finds(program: RunBytes, run: Run, folder: Path) -> None:
    names = many(folder, 60)
    write(folder, {"pkg0/bad.py": f"import keras\ndef (:\n{PADDING}"})
    done = program("check", "--output-format", "json")
    assert done.returncode == 2
    assert done.stderr.startswith(b"pkg0/bad.py:2: syntax error: ")
    alone = [
        json.loads(run("check", "--output-format", "json", str(name)).out)
        for name in sorted(map(Path, names))
    ]
    assert json.loads(done.stdout) == [row for rows in alone for row in rows]


def test_several_processes_fix_what_one_fixes(program: RunBytes, folder: Path) -> None:
    names = many(folder, 60)
    done = program("fix")
    assert done.returncode == 0
    assert done.stdout == b"Fixed 60 findings in 60 files; 0 left.\n"
    assert {(folder / name).read_text() for name in names} == {f"{NEW}{PADDING}"}


@pytest.mark.parametrize("reached", ["the terminal's processes", "the first process"])
def test_interrupted_while_the_bar_shows(folder: Path, reached: str) -> None:
    call = "x = tf.reduce_mean(tf.keras.layers.Dense(3)(tf.abs(y)), axis=[0, 1])\n"
    text = "import tensorflow as tf\n" + call * 100
    write(folder, {f"m{number}.py": text for number in range(600)})
    terminal, other = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, "check"],
        stdout=subprocess.PIPE,
        stderr=other,
        env={**ENVIRONMENT, "TERM": "xterm"},
        start_new_session=True,
    ) as process:
        os.close(other)
        shown = os.read(terminal, 65536)
        while b"Checking" not in shown:
            shown += os.read(terminal, 65536)
        if reached == "the first process":
            process.send_signal(signal.SIGINT)
        else:
            os.killpg(process.pid, signal.SIGINT)
        rest = all_of(terminal)
        out, _ = process.communicate()
    assert process.returncode == 130
    assert out == b""
    assert "Traceback" not in rest
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
