"""What a project says about k3ls: `[tool.k3ls]` of pyproject.toml."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TARGETS = ("any", "tensorflow")
OPS_STYLES = ("auto", "keras.ops", "ops")


class SettingsError(Exception):
    """A setting that can't be used; the message names the file and the key."""


@dataclass(frozen=True)
class Settings:
    """How to check.

    Attributes:
        select: codes or their beginnings (`K3`) to report; empty for all.
        ignore: codes or their beginnings to leave out.
        per_file_ignores: the same for the files that match a pattern.
        exclude: patterns, in the language of .gitignore, of paths to pass over.
        target: `any` for every backend, `tensorflow` for Keras 3 on TensorFlow alone.
        ops_style: how `keras.ops` is written: `auto` as the file has it, else `keras.ops` or `ops`.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    target: str = "any"
    ops_style: str = "auto"

    def selects(self, code: str) -> bool:
        """Whether findings of the rule `code` are wanted."""
        if self.select and not code.startswith(self.select):
            return False
        return not (self.ignore and code.startswith(self.ignore))

    def for_file(self, path: Path, root: Path) -> Settings:
        """The settings for one file, with what is ignored for its path below `root`."""
        if not self.per_file_ignores:
            return self
        import pathspec

        try:
            relative = path.resolve().relative_to(root.resolve()).as_posix()
        except ValueError:
            return self
        codes: list[str] = []
        for pattern, ignored in self.per_file_ignores.items():
            spec = pathspec.GitIgnoreSpec.from_lines([pattern])
            if spec.match_file(relative):
                codes += ignored
        return replace(self, ignore=(*self.ignore, *codes)) if codes else self


def load(directory: Path) -> tuple[Settings, Path]:
    """The settings that hold in `directory`, and the folder of the file that they stand in.

    The nearest pyproject.toml with a `[tool.k3ls]` decides; without one, the defaults hold.

    Raises:
        SettingsError: the file can't be read, or a setting in it is unknown or of a wrong type.
    """
    for folder in (directory, *directory.parents):
        path = folder / "pyproject.toml"
        if not path.is_file():
            continue
        try:
            table = tomllib.loads(path.read_text("utf-8")).get("tool", {}).get("k3ls")
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"{path}: {error}") from None
        if table is not None:
            return parse(table, f"{path}: tool.k3ls"), folder
    return Settings(), directory


def parse(table: Mapping[str, Any], place: str = "settings") -> Settings:
    """Settings from their TOML or JSON form, keys in kebab case.

    Raises:
        SettingsError: a key is unknown or its value is of a wrong type; the message begins
            with `place`.
    """
    values: dict[str, Any] = {}
    known = {one.name.replace("_", "-") for one in fields(Settings)}
    for key, value in table.items():
        if key not in known:
            raise SettingsError(f"{place}.{key}: unknown setting")
        values[key.replace("-", "_")] = _value(key, value, f"{place}.{key}")
    return Settings(**values)


def _value(key: str, value: Any, place: str) -> Any:
    if key == "target":
        return _choice(value, TARGETS, place)
    if key == "ops-style":
        return _choice(value, OPS_STYLES, place)
    if key == "per-file-ignores":
        if not isinstance(value, Mapping):
            raise SettingsError(f"{place}: expected a table of pattern = list of codes")
        return {pattern: _strings(codes, place) for pattern, codes in value.items()}
    return _strings(value, place)


def _choice(value: Any, choices: tuple[str, ...], place: str) -> str:
    if value not in choices:
        raise SettingsError(f"{place}: expected one of {', '.join(choices)}")
    return str(value)


def _strings(value: Any, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise SettingsError(f"{place}: expected a list of strings")
    return tuple(value)
