"""Settings: those of each file's folder, and the command line over them."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import OLD, Run, write


def checked(run: Run, *arguments: str) -> list[str]:
    """The files with findings."""
    lines = run("check", "--output-format", "concise", *arguments).out.splitlines()[:-1]
    return [Path(line.split(":")[0]).as_posix() for line in lines]


def test_nearest_settings_hold(run: Run, folder: Path) -> None:
    write(
        folder,
        {
            "pyproject.toml": "[tool.k3ls]\nignore = ['K101']\n",
            "a.py": OLD,
            "strict/pyproject.toml": "[tool.k3ls]\n",
            "strict/deep/b.py": OLD,
            "other/pyproject.toml": "[tool.black]\n",
            "other/c.py": OLD,
        },
    )
    assert checked(run) == ["strict/deep/b.py"]
    assert checked(run, "a.py", "strict/deep/b.py") == ["strict/deep/b.py"]


def test_select_stands_in_place_of_the_settings(run: Run, folder: Path) -> None:
    write(
        folder,
        {"pyproject.toml": "[tool.k3ls]\nselect = ['K3']\nignore = ['K101']\n", "a.py": OLD},
    )
    assert checked(run) == []
    assert checked(run, "--select", "K101") == ["a.py"]


def test_ignore_adds_to_the_settings(run: Run, folder: Path) -> None:
    text = "from tensorflow import keras\n\nlayer = keras.layers.ThresholdedReLU(0.5)\n"
    write(folder, {"pyproject.toml": "[tool.k3ls]\nignore = ['K103']\n", "a.py": text})
    assert checked(run) == ["a.py"]
    assert checked(run, "--ignore", "K101") == []


def test_target_over_the_settings(run: Run, folder: Path) -> None:
    write(folder, {"pyproject.toml": "[tool.k3ls]\ntarget = 'tensorflow'\n", "a.py": OLD})
    assert checked(run) == []
    assert checked(run, "--target", "any") == ["a.py"]


def test_per_file_ignores(run: Run, folder: Path) -> None:
    write(
        folder,
        {
            "pyproject.toml": "[tool.k3ls.per-file-ignores]\n'tests/**' = ['K1']\n",
            "a.py": OLD,
            "tests/b.py": OLD,
        },
    )
    assert checked(run) == ["a.py"]


def test_broken_settings_stop_only_their_folder(run: Run, folder: Path) -> None:
    write(
        folder,
        {
            "a.py": OLD,
            "bad/pyproject.toml": "[tool.k3ls]\ncolour = 'red'\n",
            "bad/b.py": OLD,
            "bad/c.py": OLD,
            "bad/own/pyproject.toml": "[tool.k3ls]\n",
            "bad/own/d.py": OLD,
        },
    )
    assert checked(run) == ["a.py", "bad/own/d.py"]
    done = run("check")
    assert done.code == 2
    assert "tool.k3ls.colour: unknown setting" in done.err
    assert done.err.count("\n") == 1
