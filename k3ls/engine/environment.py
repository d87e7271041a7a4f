"""Where the packages that a project uses are installed, found without running anything of it."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from shutil import which

_NAMES = (".venv", "venv")
_FINDER = re.compile(r"import (__editable___\w+_finder)\b")
_TABLE = re.compile(r"^MAPPING\b.*?= *(\{.*\})$", re.MULTILINE)


def installed(folder: Path) -> tuple[Path, ...]:
    """The folders that hold packages installed for the code in `folder`.

    The environment is `.venv` or `venv` in the folder or one above it, else the one that is active
    (`$VIRTUAL_ENV`, `$CONDA_PREFIX`), else that of the `python` on the path.
    """
    # `lib64` is often a link to `lib`.
    found: dict[str, Path] = {}
    for prefix in _prefixes(folder):
        for packages in _package_folders(prefix):
            for path in (packages, *_added(packages, packages.stat().st_mtime_ns)):
                found.setdefault(os.path.realpath(path), path)
    return tuple(found.values())


def _prefixes(folder: Path) -> Iterator[Path]:
    """The environment's own folder, then that of the Python that it lets through."""
    prefix = _environment(folder)
    if prefix is None:
        return
    yield prefix
    try:
        lines = (prefix / "pyvenv.cfg").read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    pairs = (line.partition("=") for line in lines)
    settings = {key.strip(): value.strip() for key, _, value in pairs}
    if settings.get("include-system-site-packages", "").lower() == "true" and "home" in settings:
        home = Path(settings["home"])
        yield home if os.name == "nt" else home.parent


def _environment(folder: Path) -> Path | None:
    for above in (folder, *folder.parents):
        for name in _NAMES:
            if (above / name / "pyvenv.cfg").is_file():
                return above / name
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        prefix = os.environ.get(variable)
        if prefix and Path(prefix).is_dir():
            return Path(prefix)
    python = which("python3") or which("python")
    if python is None:
        return None
    binaries = Path(python).parent
    if not (binaries.parent / "pyvenv.cfg").is_file():
        binaries = Path(os.path.realpath(python)).parent
    return binaries if os.name == "nt" else binaries.parent


def _package_folders(prefix: Path) -> Iterator[Path]:
    patterns = (
        ["Lib/site-packages"]
        if os.name == "nt"
        else [
            "lib/python3*/site-packages",
            "lib64/python3*/site-packages",
            "local/lib/python3*/dist-packages",
            "lib/python3*/dist-packages",
        ]
    )
    for pattern in patterns:
        yield from sorted(one for one in prefix.glob(pattern) if one.is_dir())


@lru_cache(maxsize=64)
def _added(packages: Path, changed: int) -> tuple[Path, ...]:
    """The folders that `.pth` files add, also those that are a finder's of setuptools."""
    found: list[Path] = []
    for path in sorted(packages.glob("*.pth")):
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for line in map(str.strip, lines):
            finder = _FINDER.match(line)
            if finder is not None:
                found += _mapped(packages / f"{finder[1]}.py")
            elif line and not line.startswith(("#", "import ", "import\t")):
                found.append(packages / line)
    return tuple(one for one in found if one.is_dir())


def _mapped(finder: Path) -> Iterator[Path]:
    """The folders of the packages in a finder's table."""
    try:
        table = _TABLE.search(finder.read_text("utf-8"))
        mapping = ast.literal_eval(table[1]) if table is not None else {}
    except (OSError, ValueError, SyntaxError):
        return
    yield from (Path(path).parent for path in mapping.values())


def is_library(name: str) -> bool:
    """Whether a package has no classes to be looked for: those of Python and of Keras."""
    return name in sys.stdlib_module_names or name in ("tensorflow", "keras", "tf_keras")
