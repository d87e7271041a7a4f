"""Which files are checked."""

from __future__ import annotations

import json
import os
import signal
import socket
from pathlib import Path

from tests.cli.conftest import OLD, Run, RunBytes, write


def checked(run: Run, *arguments: str) -> list[str]:
    rows = json.loads(run("check", "--output-format", "json", *arguments).out)
    return [Path(row["filename"]).as_posix() for row in rows]


def test_python_files_below_a_folder_in_order(run: Run, folder: Path) -> None:
    write(folder, dict.fromkeys(["b.py", "a/z.py", "a/y/x.pyi", "a.txt", "c.ipynb", "d.pyc"], OLD))
    assert checked(run) == ["a/y/x.pyi", "a/z.py", "b.py"]
    assert checked(run, "b.py", "a") == ["a/y/x.pyi", "a/z.py", "b.py"]


def test_project_files_below_a_folder(run: Run, folder: Path) -> None:
    names = [
        "environment.yml",
        "requirements/gpu.txt",
        "requirements.txt",
        "setup.cfg",
        "sub/dev-requirements.in",
        "sub/pyproject.toml",
        "sub/setup.py",
    ]
    text = {
        ".yml": "dependencies: [keras<3]\n",
        ".cfg": "[options]\ninstall_requires = keras<3\n",
        ".toml": "[project]\ndependencies = ['keras<3']\n",
        ".py": "setup(install_requires=['keras<3'])\n",
    }
    write(folder, {name: text.get(Path(name).suffix, "keras<3\n") for name in names})
    write(folder, dict.fromkeys(["notes.txt", "venv/requirements.txt"], "keras<3\n"))
    assert checked(run) == names
    assert checked(run, "sub/setup.py", "setup.cfg") == ["setup.cfg", "sub/setup.py"]


def test_usual_folders_are_skipped(run: Run, folder: Path) -> None:
    skipped = [".git", ".venv", "venv", "node_modules", "__pycache__", ".tox", "build", "dist"]
    write(folder, {"a.py": OLD, **{f"sub/{name}/b.py": OLD for name in skipped}})
    assert checked(run) == ["a.py"]
    assert checked(run, "sub/venv") == ["sub/venv/b.py"]


def test_ignore_files_at_every_level(run: Run, folder: Path) -> None:
    write(
        folder,
        {
            ".gitignore": "old/\n*_generated.py\n/top.py\n",
            "a.py": OLD,
            "b_generated.py": OLD,
            "top.py": OLD,
            "old/c.py": OLD,
            "sub/top.py": OLD,
            "sub/old/d.py": OLD,
            "sub/.gitignore": "!kept_generated.py\ne.py\n",
            "sub/kept_generated.py": OLD,
            "sub/e.py": OLD,
            "sub/deep/.ignore": "f.py",
            "sub/deep/e.py": OLD,
            "sub/deep/f.py": OLD,
            "sub/deep/g.py": OLD,
        },
    )
    assert checked(run) == ["a.py", "sub/deep/g.py", "sub/kept_generated.py", "sub/top.py"]


def test_ignore_files_above_the_folder_in_its_repository(run: Run, folder: Path) -> None:
    write(
        folder,
        {
            ".gitignore": "a.py\n",
            "repo/.git/HEAD": "",
            "repo/.gitignore": "/sub/b.py\n",
            "repo/sub/a.py": OLD,
            "repo/sub/b.py": OLD,
        },
    )
    assert checked(run, "repo/sub") == ["repo/sub/a.py"]


def test_ignore_file_as_others_write_it(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD, "b.py": OLD, "c.py": OLD})
    (folder / ".gitignore").write_bytes(b"\xef\xbb\xbfa.py\r\n!\n\n# \xff\r\nb.py\r\n")
    assert checked(run) == ["c.py"]


def test_named_paths_beat_ignore_files_and_exclude(run: Run, folder: Path) -> None:
    write(
        folder,
        {
            "pyproject.toml": "[tool.k3ls]\nexclude = ['legacy']\n",
            ".git/HEAD": "",
            ".gitignore": "old/\n",
            "a.py": OLD,
            "old/b.py": OLD,
            "old/.gitignore": "c.py",
            "old/c.py": OLD,
            "legacy/d.py": OLD,
            "script": OLD,
        },
    )
    assert checked(run) == ["a.py"]
    named = ["legacy/d.py", "old/c.py", "script"]
    assert checked(run, *named) == named
    assert checked(run, "old", "legacy") == ["legacy/d.py", "old/b.py"]


def test_exclude(run: Run, folder: Path) -> None:
    write(
        folder,
        {
            "pyproject.toml": "[tool.k3ls]\nexclude = ['legacy/', '*_pb2.py']\n",
            "a.py": OLD,
            "a_pb2.py": OLD,
            "legacy/b.py": OLD,
            "sub/legacy/c.py": OLD,
            "sub/d.py": OLD,
        },
    )
    assert checked(run) == ["a.py", "sub/d.py"]


def test_each_file_once(run: Run, folder: Path) -> None:
    write(folder, {"sub/b.py": OLD})
    (folder / "a.py").symlink_to("sub/b.py")
    assert checked(run, ".", "sub", "sub/b.py", str(folder / "sub" / "b.py")) == ["sub/b.py"]


def test_linked_file_from_elsewhere(run: Run, folder: Path) -> None:
    write(folder, {"shared/a.py": OLD, "project/b.py": OLD})
    (folder / "project/a.py").symlink_to("../shared/a.py")
    assert checked(run, "project") == ["project/a.py", "project/b.py"]


def test_nothing_hangs_on_what_is_no_file(program: RunBytes, folder: Path) -> None:
    write(folder, {"sub/a.py": OLD})
    (folder / "sub/loop").symlink_to(".")
    (folder / "sub/self.py").symlink_to("self.py")
    (folder / "sub/gone.py").symlink_to("nowhere.py")
    os.mkfifo(folder / "sub/pipe.py")
    os.mkfifo(folder / "sub/.gitignore")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("sub/socket.py")
    # Were it to hang, the alarm ends it.
    done = program("check", "--output-format", "json", before=lambda: signal.alarm(60))
    assert done.returncode == 1
    assert [row["filename"] for row in json.loads(done.stdout)] == ["sub/a.py"]
    done = program("check", "sub/pipe.py", "sub/self.py", "sub/gone.py", "/dev/null")
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "sub/pipe.py: not a regular file",
        "sub/self.py: Too many levels of symbolic links",
        "sub/gone.py: No such file or directory",
        "/dev/null: not a regular file",
    ]


def test_name_that_is_no_text(program: RunBytes, folder: Path) -> None:
    (folder / os.fsdecode(b"caf\xe9.py")).write_text(OLD)
    done = program("check", "--output-format", "concise")
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.startswith(b"caf\\udce9.py:1:24: K101")
