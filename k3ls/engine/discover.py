"""Which files a run is about, and the settings of each."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from k3ls.dependencies import is_project_file
from k3ls.settings import Settings, SettingsError, load

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

SUFFIXES = (".py", ".pyi")

# Folders that hold copies, other people's code or caches; a name that is given is taken anyway.
SKIPPED = frozenset(
    ".bzr .direnv .eggs .git .hg .ipynb_checkpoints .mypy_cache .nox .pixi .pyenv .pytest_cache"
    " .pytype .ruff_cache .svn .tox .venv __pycache__ __pypackages__ _build buck-out build dist"
    " node_modules site-packages venv".split()
)
_IGNORE_FILES = (".gitignore", ".ignore")


@dataclass(frozen=True, slots=True)
class File:
    """A file to check.

    Attributes:
        path: as it is shown to the user.
        settings: those of its folder.
        root: the folder that patterns in the settings are relative to.
        raw: its contents, where they aren't to be read from `path`.
    """

    path: Path
    settings: Settings
    root: Path
    raw: bytes | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Files in the order of their paths, and what went wrong on the way, a line each."""

    files: tuple[File, ...]
    problems: tuple[str, ...]


def find(paths: Iterable[Path]) -> Found:
    """The files named, and the Python and project files below the folders named, each of them once.

    Below a folder, `SKIPPED` folders are passed over, and what its .gitignore and .ignore files,
    those of the folders above it in the same repository, and the setting `exclude` name. Links
    to folders aren't followed. A path that is named itself is taken whatever these say.
    """
    finder = _Finder()
    for path in paths:
        finder.named(path)
    return finder.found()


def unsaved(path: Path, raw: bytes) -> Found:
    """Contents that don't have to be in a file, checked as if they stood at `path`."""
    finder = _Finder()
    finder.add(path, str(path), Path(os.path.abspath(path)).parent, raw)
    return finder.found()


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns in the language of .gitignore, for paths below `folder`, which ends in a slash."""

    folder: str
    spec: GitIgnoreSpec

    @classmethod
    def of(cls, folder: Path, lines: Iterable[str]) -> _Patterns:
        from pathspec import GitIgnoreSpec

        valid = []
        for line in lines:
            # Like git, pass over a line that is no pattern.
            with suppress(ValueError):
                GitIgnoreSpec.from_lines([line])
                valid.append(line)
        return cls(os.path.join(folder, ""), GitIgnoreSpec.from_lines(valid))

    def verdict(self, path: str) -> bool | None:
        """Whether they ignore an absolute path, a folder's with a slash; None if none matches."""
        if not path.startswith(self.folder):
            return None
        return self.spec.check_file(path[len(self.folder) :]).include


@dataclass(frozen=True, slots=True)
class _Project:
    """The settings that hold in a folder."""

    settings: Settings
    root: Path
    exclude: _Patterns | None


class _Finder:
    def __init__(self) -> None:
        self._files: dict[str, File] = {}
        self._links: list[tuple[Path, Path]] = []
        self._projects: dict[Path, _Project | None] = {}
        self._problems: list[str] = []

    def found(self) -> Found:
        # Links last: a file that was reached without one goes by its own name.
        for path, folder in self._links:
            self.add(path, os.path.realpath(path), folder)
        files = sorted(self._files.values(), key=lambda file: file.path)
        return Found(tuple(files), tuple(dict.fromkeys(self._problems)))

    def named(self, path: Path) -> None:
        try:
            mode = path.stat().st_mode
        except OSError as error:
            self._problems.append(f"{path}: {error.strerror}")
            return
        if stat.S_ISDIR(mode):
            self.walk(path)
        elif stat.S_ISREG(mode):
            self.add(path, os.path.realpath(path), Path(os.path.abspath(path)).parent)
        else:
            self._problems.append(f"{path}: not a regular file")

    def add(self, path: Path, real: str, folder: Path, raw: bytes | None = None) -> None:
        project = self.project(folder)
        if project is not None:
            self._files.setdefault(real, File(path, project.settings, project.root, raw))

    def walk(self, top: Path) -> None:
        named = os.path.join(os.path.realpath(top), "")
        above = [one for one in self.above(Path(named)) if not one.verdict(named)]
        pending = [(top, Path(named), above)]
        while pending:
            shown, folder, ignores = pending.pop()
            try:
                with os.scandir(shown) as scanned:
                    entries = list(scanned)
            except OSError as error:
                self._problems.append(f"{shown}: {error.strerror}")
                continue
            project = self.project(folder)
            ignores = [*ignores, *self.ignore_files(folder)]
            for entry in entries:
                path = os.path.join(folder, entry.name)
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in SKIPPED and not _passed_over(
                        os.path.join(path, ""), ignores, project, named
                    ):
                        pending.append((Path(entry.path), Path(path), ignores))
                elif (
                    (entry.name.endswith(SUFFIXES) or is_project_file(path))
                    and os.path.isfile(path)
                    and not _passed_over(path, ignores, project, named)
                ):
                    if entry.is_symlink():
                        self._links.append((Path(entry.path), folder))
                    else:
                        self.add(Path(entry.path), path, folder)

    def above(self, folder: Path) -> list[_Patterns]:
        """The ignore files above a folder in its repository, the outermost first."""
        found: list[_Patterns] = []
        inner = folder
        while not (inner / ".git").exists():
            if inner == inner.parent:
                return []
            inner = inner.parent
            found[:0] = self.ignore_files(inner)
        return found

    def ignore_files(self, folder: Path) -> list[_Patterns]:
        lines: list[str] = []
        for name in _IGNORE_FILES:
            path = folder / name
            if not path.is_file():
                continue
            try:
                text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
            except OSError as error:
                self._problems.append(f"{path}: {error.strerror}")
                continue
            lines += (line.rstrip("\r") for line in text.split("\n"))
        return [_Patterns.of(folder, lines)] if lines else []

    def project(self, folder: Path) -> _Project | None:
        """The settings that hold in a folder; None, and a problem, if they can't be used."""
        if folder not in self._projects:
            inherits = folder != folder.parent and not (folder / "pyproject.toml").is_file()
            self._projects[folder] = (
                self.project(folder.parent) if inherits else self.loaded(folder)
            )
        return self._projects[folder]

    def loaded(self, folder: Path) -> _Project | None:
        try:
            settings, root = load(folder)
        except SettingsError as error:
            self._problems.append(str(error))
            return None
        exclude = _Patterns.of(root, settings.exclude) if settings.exclude else None
        return _Project(settings, root, exclude)


def _passed_over(path: str, ignores: list[_Patterns], project: _Project | None, named: str) -> bool:
    """Whether a path below the folder `named` is ignored or excluded."""
    exclude = project.exclude if project is not None else None
    if exclude is not None and exclude.verdict(path) and not exclude.verdict(named):
        return True
    for ignore in reversed(ignores):
        verdict = ignore.verdict(path)
        if verdict is not None:
            return verdict
    return False
