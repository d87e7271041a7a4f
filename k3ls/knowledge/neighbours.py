"""Packages that were used beside Keras 2, and what takes the place of their names.

`neighbours.json` is written by `tools/build_neighbours.py` from the rows in `neighbours.toml`, the
names in the packages themselves, and what executing each row showed: on Keras 2 with the package,
and on Keras 3 with what the row makes of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from k3ls.knowledge.ops import Op, Rewrite


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A name of another package, or a part of TensorFlow, that Keras 3 left behind.

    Attributes:
        name: the public name that is spoken of, the longest one known in what was asked for.
        kind: `class`, `function`, `value`, or `package` for a part and all that is in it.
        moved: the Keras name that takes its place as it is, called or not.
        row: how its calls are written, and what there is to say of it, as in the op table.
    """

    name: str
    kind: str
    moved: str | None
    row: Op


def neighbour(qualified_name: str) -> Neighbour | None:
    """What is known of a name (`tensorflow_addons.layers.GroupNormalization`).

    A private module of a package (`tensorflow_addons.layers.normalizations`) is looked through. A
    name below a known one gives that one: a class for its methods, a package for what isn't known
    in it.
    """
    rows = data()["names"]
    path = qualified_name
    while path:
        parts = path.split(".")
        for known in (path, ".".join([*parts[:2], parts[-1]])):
            if known in rows:
                return _neighbour(known)
        path = path.rpartition(".")[0]
    return None


@dataclass(frozen=True, slots=True)
class Renamed:
    """A package that goes by another name.

    Attributes:
        to: the new name.
        note: what it means, as a sentence.
        lost: names below the package that the new one lacks (`models.BartPreprocessor`).
    """

    to: str
    note: str
    lost: frozenset[str]


@cache
def renamed_packages() -> Mapping[str, Renamed]:
    """The packages that go by another name, by the old one."""
    return {
        package: Renamed(row["to"], row["note"], frozenset(row["lost"]))
        for package, row in data()["renamed"].items()
    }


@cache
def data() -> dict[str, Any]:
    """The whole file: the releases it was made from, the rows by name, the renamed packages."""
    text = files("k3ls.knowledge").joinpath("neighbours.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def _neighbour(name: str) -> Neighbour:
    row = data()["names"][name]
    return Neighbour(
        name,
        row["kind"],
        row.get("moved"),
        Op(
            names=(name,),
            parameters=tuple((one, default) for one, default in row.get("parameters", ())),
            variadic=row.get("variadic", False),
            rewrites=tuple(
                Rewrite(one["when"], one["template"], one["verified"])
                for one in row.get("rewrites", ())
            ),
            note=row.get("note", ""),
            check=row.get("check", ""),
            random=False,
            signatures={
                target: tuple(names) for target, names in row.get("signatures", {}).items()
            },
            results={},
        ),
    )
