"""The other files of a project: the classes that a module derives from, and who uses Keras.

Files are read and parsed, never imported or run.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from k3ls.engine.discover import SKIPPED, SUFFIXES
from k3ls.knowledge.symbols import canonical, symbol
from k3ls.semantics import (
    BindingKind,
    ImportedClass,
    Module,
    class_kind,
    local_classes,
)
from k3ls.syntax import parse

_LARGEST = 1_000_000  # bytes
_DEPTH = 8
_MOST_FILES = 5_000
_USE_OF_KERAS = re.compile(
    rb"\b(?:import|from)[ \t]+keras\b|\b(?:tf|tensorflow)\.keras\b"
    rb"|\bfrom[ \t]+tensorflow[ \t].*\bkeras\b"
)
# A folder with one of these is a project's topmost.
_MARKERS = (".git", "pyproject.toml", "setup.py", "setup.cfg")


class Project:
    """Answers from the files near another one; a file that changed is read again."""

    def __init__(self) -> None:
        self._modules: dict[Path, tuple[int, Module]] = {}

    def class_named(self, target: str, filename: str) -> ImportedClass | None:
        """The class that `target`, as a module `filename` imports it, stands for.

        `target` is a qualified name, with leading dots for a relative import. None if no file
        near by defines such a class.
        """
        return self._class_named(target, Path(filename), _DEPTH)

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

    def _class_named(self, target: str, filename: Path, depth: int) -> ImportedClass | None:
        if depth == 0:
            return None
        for path, name in self._places(target, filename):
            module = self._module(path)
            if module is None:
                continue
            bindings = module.scope.bindings.get(name, [])
            for binding in reversed(bindings):
                if binding.kind is BindingKind.CLASS and binding.inner is not None:
                    kind = class_kind(module, binding.inner)
                    members = {
                        member
                        for scope in local_classes(module, binding.inner)
                        for member in (*scope.bindings, *scope.attributes)
                    }
                    return ImportedClass(kind.bases, kind.members | members)
                if binding.kind is BindingKind.IMPORT and binding.target:
                    public = symbol(canonical(binding.target) or "")
                    if public is not None and public.kind == "class":
                        return ImportedClass(frozenset(public.bases), frozenset())
                    return self._class_named(binding.target, path, depth - 1)
            for star in module.star_modules if not bindings else ():
                prefix = star if star.endswith(".") else f"{star}."
                found = self._class_named(prefix + name, path, depth - 1)
                if found is not None:
                    return found
        return None

    def _places(self, target: str, filename: Path) -> Iterator[tuple[Path, str]]:
        """The file that may define the last part of `target`, with that part."""
        names = target.lstrip(".").split(".")
        dots = len(target) - len(target.lstrip("."))
        if len(names) < (1 if dots else 2):
            return
        folder = filename.parent
        if dots:
            for _ in range(dots - 1):
                folder = folder.parent
            yield from _files(folder, names)
            return
        for above in _above(folder):
            if (above / names[0]).is_dir() or (above / f"{names[0]}.py").is_file():
                yield from _files(above, names)
                return

    def _module(self, path: Path) -> Module | None:
        try:
            status = path.stat()
            if status.st_size > _LARGEST:
                return None
            known = self._modules.get(path)
            if known is not None and known[0] == status.st_mtime_ns:
                return known[1]
            data = path.read_bytes()
        except OSError:
            return None
        module = Module(parse(data), self, str(path))
        self._modules[path] = (status.st_mtime_ns, module)
        return module


def _files(folder: Path, names: list[str]) -> Iterator[tuple[Path, str]]:
    *packages, name = names
    path = folder.joinpath(*packages)
    for file in (path.with_name(f"{path.name}.py") if packages else None, path / "__init__.py"):
        if file is not None and file.is_file():
            yield file, name


def _above(folder: Path) -> Iterator[Path]:
    """The folder and those above it, up to the project's topmost."""
    for above in (folder, *folder.parents):
        yield above
        if _is_top(above):
            return


def _is_top(folder: Path) -> bool:
    return any((folder / marker).exists() for marker in _MARKERS)
