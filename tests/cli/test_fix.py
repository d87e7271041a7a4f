"""What `k3ls fix` writes, and what it leaves alone."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import stat
import subprocess
from codecs import BOM_UTF8
from pathlib import Path

import pytest

from k3ls.engine.files import ChangedError, write_file
from tests.cli.conftest import NEW, OLD, Run, RunBytes, write

# argmax over no axis is flattened by Keras, and of another dtype: its fix is unsafe.
MIXED = "import tensorflow as tf\n\nx = tf.abs(1.0)\ny = tf.argmax([x])\n"


def no_privileges() -> None:
    """Make root obey the modes of files, in a child process."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            assert libc.prctl(24, capability) == 0  # PR_CAPBSET_DROP


def test_fixes_and_counts(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD, "sub/b.py": OLD, "c.py": NEW})
    done = run("fix")
    assert (done.code, done.err) == (0, "")
    assert done.out == "Fixed 2 findings in 2 files; 0 left.\n"
    assert [path.read_text() for path in (folder / "a.py", folder / "sub/b.py")] == [NEW, NEW]
    assert run("fix").out == "No findings in 3 files.\n"


def test_what_is_left_is_shown(run: Run, folder: Path) -> None:
    write(folder, {"a.py": MIXED})
    done = run("fix", "--output-format", "concise")
    assert done.code == 1
    left, last = done.out.splitlines()
    text = (folder / "a.py").read_text()
    row = text.splitlines().index("y = tf.argmax([x])") + 1
    assert left.startswith(f"a.py:{row}:5: K301 ")
    assert last == "Fixed 1 finding in 1 file; 1 left, 1 fixable with `--unsafe-fixes`."


def test_unsafe_fixes(run: Run, folder: Path) -> None:
    write(folder, {"a.py": MIXED})
    assert run("fix", "--unsafe-fixes").code == 0
    assert "tensorflow" not in (folder / "a.py").read_text()


def test_project_files(run: Run, folder: Path) -> None:
    before = {
        "requirements.txt": b"keras<3\r\nnumpy\r\n",
        "environment.yml": b"dependencies:\n- tensorflow=2.11  # caf\xc3\xa9\n- keras",
        "setup.cfg": b"\xef\xbb\xbf[options]\ninstall_requires =\n\tkeras==2.11\n",
    }
    for name, raw in before.items():
        (folder / name).write_bytes(raw)
    assert run("fix").code == 1, "what they require is for a person to decide"
    assert {name: (folder / name).read_bytes() for name in before} == before
    done = run("fix", "--unsafe-fixes")
    assert (done.code, done.err) == (0, "")
    assert {name: (folder / name).read_bytes() for name in before} == {
        "requirements.txt": b"keras>=3\r\nnumpy\r\n",
        "environment.yml": b"dependencies:\n- tensorflow>=2.16  # caf\xc3\xa9\n- keras",
        "setup.cfg": b"\xef\xbb\xbf[options]\ninstall_requires =\n\tkeras>=3\n",
    }
    assert run("fix", "--unsafe-fixes").out == "No findings in 3 files.\n"


def test_selection(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    assert run("fix", "--select", "K3").code == 0
    assert run("fix", "--ignore", "K101").code == 0
    assert run("fix", "--target", "tensorflow").code == 0
    assert (folder / "a.py").read_text() == OLD


def test_json_of_what_is_left(run: Run, folder: Path) -> None:
    write(folder, {"a.py": MIXED})
    [row] = json.loads(run("fix", "--output-format", "json").out)
    assert row["fix"]["applicability"] == "unsafe"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OLD.replace("\n", "\r\n").encode(), NEW.replace("\n", "\r\n").encode()),
        (OLD.replace("\n", "\r").encode(), NEW.replace("\n", "\r").encode()),
        (BOM_UTF8 + OLD.encode(), BOM_UTF8 + NEW.encode()),
        (
            b"# coding: latin-1\n# caf\xe9\n" + OLD.encode(),
            b"# coding: latin-1\n# caf\xe9\n" + NEW.encode(),
        ),
        (OLD.rstrip("\n").encode(), NEW.rstrip("\n").encode()),
        (b"# \xf0\x9f\x8e\x89\x0c\n" + OLD.encode(), b"# \xf0\x9f\x8e\x89\x0c\n" + NEW.encode()),
        (
            b"x = 1\r\ny = 2\n" + OLD.encode().replace(b"\n", b"\r\n"),
            b"x = 1\r\ny = 2\n" + NEW.encode().replace(b"\n", b"\r\n"),
        ),
    ],
    ids=["crlf", "cr", "bom", "latin-1", "no-final-newline", "emoji", "mixed"],
)
def test_bytes_beside_the_fix_stay(
    run: Run, program: RunBytes, folder: Path, before: bytes, after: bytes
) -> None:
    path = folder / "a.py"
    path.write_bytes(before)
    diff = program("fix", "--diff").stdout
    assert run("fix").code == 0
    assert path.read_bytes() == after
    assert program("fix", "-", stdin=before).stdout == after
    path.write_bytes(before)
    subprocess.run(["patch", "-s", "-p0", "--binary"], input=diff, check=True)
    assert path.read_bytes() == after


def test_diff_changes_nothing(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD, "sub/b c.py": OLD, "c.py": NEW})
    for command in ("fix", "check"):
        done = run(command, "--diff")
        assert done.code == 1
        assert done.out.splitlines()[:5] == [
            "--- a.py",
            "+++ a.py",
            "@@ -1,3 +1,3 @@",
            "-from tensorflow import keras",
            "+import keras",
        ]
        assert done.err == "Would fix 2 findings in 2 files; 0 left.\n"
    assert [(folder / name).read_text() for name in ("a.py", "sub/b c.py")] == [OLD, OLD]


@pytest.mark.parametrize("tool", [["patch", "-p0"], ["git", "apply", "-p0"]], ids="_".join)
def test_diff_is_a_patch(program: RunBytes, folder: Path, tool: list[str]) -> None:
    write(folder, {"a.py": OLD, "sub/b c.py": MIXED, "sub/d.py": OLD.rstrip("\n")})
    diff = program("fix", "--diff", str(folder), "--unsafe-fixes").stdout
    shutil.copytree(folder, folder / "copy")
    subprocess.run(tool, input=diff, cwd=folder / "copy", check=True, capture_output=True)
    assert program("fix", ".", "--unsafe-fixes", "--target", "any").returncode == 0
    for name in ("a.py", "sub/b c.py", "sub/d.py"):
        assert (folder / "copy" / name).read_bytes() == (folder / name).read_bytes()


def test_check_diff_has_the_safe_fixes_only(run: Run, folder: Path) -> None:
    write(folder, {"a.py": MIXED})
    done = run("check", "--diff")
    assert "+x = keras.ops.absolute(1.0)" in done.out
    assert "+y" not in done.out
    assert run("check", "--diff", "--exit-zero").code == 0
    write(folder, {"a.py": NEW})
    done = run("check", "--diff")
    assert (done.code, done.out, done.err) == (0, "", "No findings in 1 file.\n")


def test_stdin(program: RunBytes) -> None:
    done = program("fix", "-", "--output-format", "concise", stdin=MIXED.encode())
    assert done.returncode == 1
    assert done.stdout.endswith(b"x = keras.ops.absolute(1.0)\ny = tf.argmax([x])\n")
    assert done.stderr.startswith(b"-:")
    assert b"Fixed 1 finding in 1 file; 1 left" in done.stderr


def test_stdin_diff(program: RunBytes, folder: Path) -> None:
    done = program("fix", "-", "--diff", "--stdin-filename", "pkg/a.py", stdin=OLD.encode())
    assert done.stdout.startswith(b"--- pkg/a.py\n+++ pkg/a.py\n@@ ")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "text", [NEW.encode(), b"", b"import keras\n# \xff\n", b"x = 1\r"], ids=repr
)
def test_stdin_comes_out_as_it_went_in(program: RunBytes, text: bytes) -> None:
    assert program("fix", "-", stdin=text).stdout == text


def test_mode_and_owner_stay(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    path = folder / "a.py"
    path.chmod(0o750)
    if os.geteuid() == 0:
        os.chown(path, 12345, 23456)
    before = path.stat()
    assert run("fix").code == 0
    after = path.stat()
    assert path.read_text() == NEW
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )
    assert [one.name for one in folder.iterdir()] == ["a.py"]


def test_replaced_at_once(run: Run, folder: Path) -> None:
    """Whoever has the old file open still reads all of it."""
    write(folder, {"a.py": OLD})
    with (folder / "a.py").open() as reader:
        assert run("fix").code == 0
        assert reader.read() == OLD
    assert (folder / "a.py").read_text() == NEW


def test_link_is_written_through(run: Run, folder: Path) -> None:
    write(folder, {"real/a.py": OLD})
    link = folder / "link.py"
    link.symlink_to("real/a.py")
    assert run("fix", "link.py").code == 0
    assert link.is_symlink()
    assert (folder / "real/a.py").read_text() == NEW


def test_longest_name(run: Run, folder: Path) -> None:
    name = "a" * 252 + ".py"
    write(folder, {name: OLD})
    assert run("fix").code == 0
    assert (folder / name).read_text() == NEW


def test_read_only_file(run: Run, folder: Path) -> None:
    write(folder, {"a.py": OLD, "b.py": OLD})
    (folder / "a.py").chmod(0o444)
    done = run("fix", "--output-format", "concise")
    assert done.code == 2
    assert done.err == "a.py: not writable; left as it is\n"
    assert done.out.startswith("a.py:1:24: K101 ")
    assert done.out.endswith("Fixed 1 finding in 1 file; 1 left.\n")
    assert (folder / "a.py").read_text() == OLD
    assert stat.S_IMODE((folder / "a.py").stat().st_mode) == 0o444
    assert (folder / "b.py").read_text() == NEW


def test_read_only_folder(program: RunBytes, folder: Path) -> None:
    write(folder, {"sub/a.py": OLD, "b.py": OLD})
    (folder / "sub").chmod(0o555)
    done = program("fix", before=no_privileges)
    (folder / "sub").chmod(0o755)
    assert done.returncode == 2
    assert done.stderr == b"sub/a.py: Permission denied\n"
    assert (folder / "sub/a.py").read_text() == OLD
    assert (folder / "b.py").read_text() == NEW


def test_unreadable(program: RunBytes, folder: Path) -> None:
    write(folder, {"a.py": OLD, "b.py": OLD, "sub/c.py": OLD})
    (folder / "a.py").chmod(0o000)
    (folder / "sub").chmod(0o000)
    done = program("check", "--output-format", "concise", before=no_privileges)
    (folder / "sub").chmod(0o755)
    assert done.returncode == 2
    assert done.stdout.startswith(b"b.py:1:24: K101")
    assert sorted(done.stderr.splitlines()) == [
        b"a.py: Permission denied",
        b"sub: Permission denied",
    ]


def test_disk_that_is_full(program: RunBytes, folder: Path) -> None:
    write(folder, {"a.py": OLD})
    done = program("fix", before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9, 9)))
    assert done.returncode == 2
    assert done.stderr == b"a.py: File too large\n"
    assert (folder / "a.py").read_text() == OLD
    assert [one.name for one in folder.iterdir()] == ["a.py"]


def test_file_that_changes_meanwhile(program: RunBytes, folder: Path) -> None:
    """A rule that edits the file stands for an editor that saves while it is checked."""
    write(
        folder,
        {
            "a.py": OLD,
            "rules/meddling.py": '''"""Meddles."""
from pathlib import Path
from k3ls.rules.finding import Severity
from k3ls.rules.rule import Rule
RULE = Rule("K999", "meddling", Severity.ERROR)
@RULE.module
def check(context):
    Path("a.py").write_text("# saved\\nfrom tensorflow import keras\\n")
    return iter(())
''',
        },
    )
    code = (
        "import sys, k3ls.rules; from k3ls.cli import main;"
        " k3ls.rules.__path__.append('rules'); sys.exit(main())"
    )
    done = program("fix", "a.py", "--output-format", "concise", code=code)
    assert done.returncode == 2
    assert done.stderr == b"a.py: changed since it was read; left as it is\n"
    assert done.stdout.startswith(b"a.py:2:24: K101")
    assert (folder / "a.py").read_text() == "# saved\nfrom tensorflow import keras\n"
    assert sorted(one.name for one in folder.iterdir()) == ["a.py", "rules"]


def test_write_refuses_another_text(folder: Path) -> None:
    path = folder / "a.py"
    path.write_bytes(b"theirs")
    with pytest.raises(ChangedError):
        write_file(path, b"read", b"fixed")
    assert path.read_bytes() == b"theirs"
    write_file(path, b"theirs", b"fixed")
    assert path.read_bytes() == b"fixed"
