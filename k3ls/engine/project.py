"""The other files of a project and the packages installed for it: the classes that a module derives
from are often there, and so are the uses of Keras.

Files are read and parsed, never imported or run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from k3ls.engine.discover import SKIPPED, SUFFIXES
from k3ls.engine.environment import installed, is_library
from k3ls.knowledge.symbols import canonical
from k3ls.semantics import Kind, Module, exported_kind, named_kind
from k3ls.syntax import parse

_LARGEST = 1_000_000  # bytes
_MOST_FILES = 5_000
_USE_OF_KERAS = re.compile(
    rb"\b(?:import|from)[ \t]+keras\b|\b(?:tf|tensorflow)\.keras\b"
    rb"|\bfrom[ \t]+tensorflow[ \t].*\bkeras\b"
)
# A folder with one of these is a project's topmost.
_MARKERS = (".git", "pyproject.toml", "setup.py", "setup.cfg")


class _Question(NamedTuple):
    """What `target` stands for in a module in `folder`, or under which names others know it."""

    target: str
    folder: Path
    installed: bool
    names: bool = False


class _Answer(NamedTuple):
    """What was found, and when the files and folders that it was found by were changed."""

    found: Any
    changed: dict[Path, int]

    @property
    def holds(self) -> bool:
        return all(_changed(path) == changed for path, changed in self.changed.items())


class Project:
    """Finds classes in files near the one that names them, and in installed packages.

    Answers are kept until a file that they came from changes. With `deferred` nothing is looked for
    in installed packages until `look_up` is called; what isn't known by then is unknown.
    """

    def __init__(self, *, deferred: bool = False) -> None:
        self._deferred = deferred
        self._modules: dict[Path, Module] = {}
        self._answers: dict[_Question, _Answer] = {}
        self._asked: dict[_Question, None] = {}
        # The questions that are being answered, each with the files it came to.
        self._open: dict[_Question, set[Path]] = {}
        # A module keeps the kinds it has found: the files that these came from.
        self._behind: dict[Path, set[Path]] = {}

    def kind_named(self, target: str, filename: str) -> Kind | None:
        """What `target`, as a module `filename` imports it, stands for.

        `target` is a qualified name, with leading dots for a relative import. None if no file
        near by defines a class of this name, or a function or value that is known.
        """
        found: Kind | None = self._answer(_Question(target, Path(filename).parent, installed=False))
        return found

    def names_named(self, target: str, filename: str) -> tuple[str, ...]:
        """The names of Keras or TensorFlow that `target`, as a module imports it, stands for.

        They are found where a module of the project hands on what it imports, as a `backend` that
        chooses between `keras` and `tensorflow.keras`; empty if anything else is handed on.
        """
        if is_library(target.partition(".")[0]):
            return ()
        question = _Question(target, Path(filename).parent, installed=False, names=True)
        return self._answer(question) or ()

    def installed_class(self, target: str, filename: str) -> Kind | None:
        """The class that `target` stands for in the packages installed for a module `filename`."""
        root = target.partition(".")[0]
        if not root or is_library(root):
            return None
        question = _Question(target, Path(filename).parent, installed=True)
        known = self._answers.get(question)
        if self._deferred and (known is None or not known.holds):
            self._asked[question] = None
            return known.found if known is not None else None
        found = self._answer(question)
        return found if found is not None and found.type == "class" else None

    def has_package(self, name: str, filename: str) -> bool:
        """Whether there is a package or module `name` near the file `filename`."""
        return any(_has(above, name) for above in _above(Path(filename).parent))

    def use_keras(self, filename: str) -> bool:
        """Whether Python code of the project that has the file `filename` uses Keras.

        A project with very many files is taken to do so.
        """
        folder = Path(filename).parent
        top = next((one for one in (folder, *folder.parents) if _is_top(one)), folder)
        read = 0
        for above, folders, files in os.walk(top):
            folders[:] = sorted(set(folders) - SKIPPED)
            read += len(folders) + len(files)
            if read > _MOST_FILES:
                return True
            for name in files:
                with suppress(OSError):
                    if name.endswith(SUFFIXES) and _USE_OF_KERAS.search(
                        Path(above, name).read_bytes()
                    ):
                        return True
        return False

    @property
    def waits(self) -> bool:
        """Whether there are classes of installed packages to look up."""
        return bool(self._asked)

    def look_up(self) -> bool:
        """Look up one class of an installed package; whether that gave anything new."""
        question = next(iter(self._asked))
        del self._asked[question]
        before = self._answers.get(question)
        self._deferred = False
        try:
            found = self._answer(question)
        finally:
            self._deferred = True
        if found == (before.found if before is not None else None):
            return False
        # What was found without it may be wrong now.
        self._modules.clear()
        self._answers = {one: answer for one, answer in self._answers.items() if one.installed}
        return True

    def _answer(self, question: _Question) -> Any:
        answer = self._answers.get(question)
        if answer is not None and not answer.holds:
            self._modules.clear()
            self._behind.clear()
            answer = None
        if answer is None:
            if question in self._open:
                return None
            read = self._open[question] = set()
            try:
                found = self._names(question) if question.names else self._find(question)
            finally:
                del self._open[question]
            for path in read:
                self._behind.setdefault(path, set()).update(read)
            answer = _Answer(found, {path: _changed(path) for path in read})
            if read:
                self._answers[question] = answer
        self._note(answer.changed)
        return answer.found

    def _note(self, paths: Iterable[Path]) -> None:
        for read in self._open.values():
            read.update(paths)

    def _find(self, question: _Question) -> Kind | None:
        for path, name, *attributes in self._places(question):
            module = self._module(path)
            if module is None:
                continue
            if attributes:
                # A module that another one imports, or another name of one.
                targets = [".".join((one, *attributes)) for one in module.exported(name)]
            else:
                found = exported_kind(module, name)
                if found is not None:
                    return found
                targets = []
            if name not in module.scope.bindings:
                stars = (star if star.endswith(".") else f"{star}." for star in module.star_modules)
                targets += (star + ".".join((name, *attributes)) for star in stars)
            for target in targets:
                found = named_kind(module, target)
                if found is not None:
                    return found
        return None

    def _names(self, question: _Question) -> tuple[str, ...]:
        for path, name, *attributes in self._places(question):
            module = self._module(path)
            names = module.exported(name) if module is not None else ()
            if names and all(one.startswith("tensorflow") or canonical(one) for one in names):
                return tuple(".".join((one, *attributes)) for one in names)
        return ()

    def _places(self, question: _Question) -> Iterator[Sequence[Any]]:
        """The files that may define the class, each with the names to follow in it."""
        target, folder = question.target, question.folder
        names = target.lstrip(".").split(".")
        dots = len(target) - len(target.lstrip("."))
        if not names[0]:
            return
        if dots:
            for _ in range(dots - 1):
                folder = folder.parent
            yield from _files(folder, names, 0)
        elif question.installed:
            folders = installed(folder)
            self._note(folders)
            for packages in folders:
                yield from _files(packages, names, 1)
            for packages in folders:
                yield from _files(packages, [f"{names[0]}-stubs", *names[1:]], 1)
        else:
            for above in _above(folder):
                if _has(above, names[0]):
                    yield from _files(above, names, 1)
                    return

    def _module(self, path: Path) -> Module | None:
        self._note((path, *self._behind.get(path, ())))
        if path not in self._modules:
            try:
                if path.stat().st_size > _LARGEST:
                    return None
                data = path.read_bytes()
            except OSError:
                return None
            self._modules[path] = Module(parse(data), self, str(path))
        return self._modules[path]


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _files(folder: Path, names: Sequence[str], least: int) -> Iterator[Sequence[Any]]:
    """The file of the longest part of `names` that is a module, with the names that are left."""
    for count in range(len(names) - 1, least - 1, -1):
        path = folder.joinpath(*names[:count])
        for suffix in (".py", ".pyi"):
            for file in (path / f"__init__{suffix}", path.with_name(path.name + suffix)):
                if file.is_file() and (count or file.parent == folder):
                    yield file, *names[count:]
                    return


def _has(folder: Path, name: str) -> bool:
    return (folder / name).is_dir() or (folder / f"{name}.py").is_file()


def _above(folder: Path) -> Iterator[Path]:
    """The folder and those above it, up to the project's topmost."""
    for above in (folder, *folder.parents):
        yield above
        if _is_top(above):
            return


def _is_top(folder: Path) -> bool:
    return any((folder / marker).exists() for marker in _MARKERS)
