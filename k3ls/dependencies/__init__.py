"""What project files require and set: the packages and environment variables in them."""

from __future__ import annotations

import re
from importlib import import_module

from k3ls.dependencies.project_file import ProjectFile, Reading
from k3ls.dependencies.requirement import Clause, Requirement, Variable
from k3ls.semantics import Others
from k3ls.text import Source

__all__ = [
    "Clause",
    "ProjectFile",
    "Requirement",
    "Variable",
    "errors",
    "is_project_file",
    "is_python",
    "read",
]

# The last folder and the name of a file, and the module here that reads it.
_FORMATS = (
    (re.compile(r".*/setup\.py"), "setup_py"),
    (re.compile(r".*/pyproject\.toml"), "pyproject_toml"),
    (re.compile(r".*/(setup\.cfg|tox\.ini|pytest\.ini)"), "ini"),
    (re.compile(r".*/(.*[-_.])?(environment|conda)([-_.].*)?\.ya?ml"), "environment_yml"),
    (
        re.compile(r".*/((.*[-_.])?requirements([-_.].*)?|constraints)\.(txt|in)"),
        "requirements_txt",
    ),
    (re.compile(r"requirements/.*\.(txt|in)"), "requirements_txt"),
)

# Of most files that a folder holds, this is enough to tell that they are none of these.
_SUFFIXES = (".py", ".toml", ".cfg", ".ini", ".yml", ".yaml", ".txt", ".in")


def is_project_file(filename: str) -> bool:
    """Whether a file of this path, relative or not, may say what a project requires."""
    return _format(filename) is not None


def is_python(filename: str) -> bool:
    """Whether the text of this file is to be read as Python: every text that is nothing else."""
    return _format(filename) in (None, "setup_py")


def read(source: Source, filename: str, others: Others | None = None) -> ProjectFile:
    """What `source` requires and sets, as its file's name has it read.

    A text with errors gives what can be read of it, and a name that is none of a project file
    nothing.
    """
    found = Reading(source, filename)
    form = _format(filename)
    if form is not None:
        import_module(f"k3ls.dependencies.{form}").read(found)
    return found.done(others)


def errors(source: Source, filename: str) -> int:
    """How many errors the text of a project file that isn't Python has."""
    form = _format(filename)
    count = getattr(import_module(f"k3ls.dependencies.{form}"), "errors", None)
    return count(source) if count is not None else 0


def _format(filename: str) -> str | None:
    if not filename.endswith(_SUFFIXES):
        return None
    folder, _, name = filename.replace("\\", "/").rpartition("/")
    place = f"{folder.rpartition('/')[2]}/{name}"
    return next((form for pattern, form in _FORMATS if pattern.fullmatch(place)), None)
