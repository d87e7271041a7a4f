"""Public Keras names: what they are and which generations have them.

The data is written by `tools/build_symbols.py` from the installed packages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

Parameters = tuple[tuple[str, "str | None"], ...]

_PACKAGES = {
    "tensorflow.compat.v2.keras": "keras",
    "tensorflow.compat.v1.keras": "keras",
    "tensorflow._api.v2.keras": "keras",
    "tensorflow.python.keras": "keras",
    "tensorflow.keras": "keras",
    "tf_keras": "keras",
    "keras": "keras",
    # Other names of parts of Keras in TensorFlow 2.
    "tensorflow.initializers": "keras.initializers",
    "tensorflow.losses": "keras.losses",
    "tensorflow.metrics": "keras.metrics",
    "tensorflow.optimizers": "keras.optimizers",
    "tensorflow.compat.v2.initializers": "keras.initializers",
    "tensorflow.compat.v2.losses": "keras.losses",
    "tensorflow.compat.v2.metrics": "keras.metrics",
    "tensorflow.compat.v2.optimizers": "keras.optimizers",
    # Layers of TensorFlow 1 that Keras 2 brought along, under no name of its own.
    "tensorflow.compat.v1.layers": "tensorflow.compat.v1.layers",
    "tensorflow.compat.v1.nn.rnn_cell": "tensorflow.compat.v1.nn.rnn_cell",
    "tensorflow.layers": "tensorflow.compat.v1.layers",
    "tensorflow.nn.rnn_cell": "tensorflow.compat.v1.nn.rnn_cell",
}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A public name of Keras.

    Attributes:
        path: where it is, under `keras`, or where TensorFlow 1 had it.
        kind: `module`, `class`, `function` or `value`.
        keras2: whether Keras 2 has it, be it for code of TensorFlow 1 only.
        keras3: whether `keras` of Keras 3 has it.
        compatibility: whether `tf.keras` has it when Keras 3 is installed.
        bases: for a class, the public paths of itself and of the classes it derives from.
        releases: the Keras 3 releases that have it, of those that were looked at, the oldest first.
        since: the first release that has it and all later ones, if that isn't the oldest one.
        moved: where Keras 3 has the same object, for a name that it lacks.
        template: how a call is written for Keras 3, in the language of the op table.
        drop_in: the file of `k3ls.knowledge.drop_ins` that has it, written for Keras 3.
        note: what to do instead, as the end of a sentence; may be empty.
        check: what a person has to check after a replacement; may be empty.
        values: for an enumeration, the source of what takes the place of each member.
        same: the shortest path of the same object.
        parameters: in Keras 2, name (with `*` or `**` for variadic ones) and the default's source;
            None where Python doesn't tell.
        new_parameters: in the newest Keras 3, where they differ.
        methods: the methods whose parameters differ, with both lists; those of the classes it
            derives from are theirs, and stand here only if they changed otherwise or not at all.
    """

    path: str
    kind: str
    keras2: bool
    keras3: bool
    compatibility: bool
    bases: tuple[str, ...]
    releases: tuple[str, ...]
    since: str | None
    moved: str | None
    template: str | None
    drop_in: str | None
    note: str
    check: str
    values: Mapping[str, str]
    same: str
    parameters: Parameters | None
    new_parameters: Parameters | None
    methods: Mapping[str, tuple[Parameters, Parameters]]


@lru_cache(maxsize=10_000)
def canonical(name: str) -> str | None:
    """The `Symbol.path` of a qualified name in any spelling, None for another library's."""
    if "keras" not in name and not name.startswith("tensorflow."):
        return None
    for package, path in _PACKAGES.items():
        if name == package:
            return path
        if name.startswith(package) and name[len(package)] == ".":
            return path + name[len(package) :]
    return None


def public(path: str) -> Symbol | None:
    """The public name that a private path means (`keras.layers.core.Dense`), None if there is
    none or it isn't clear which.

    Keras 2 kept what `keras.layers` and its like offer in modules that changed from release to
    release: the last part of the path counts, and the package that it stands in.
    """
    found = symbol(path)
    if found is not None:
        return found
    package, _, last = path.rpartition(".")
    area = package.removeprefix("keras.").removeprefix("src.").split(".")[0]
    everywhere = area in ("engine", "legacy", "saving", "src", "core")
    named = {
        other.same
        for other in map(symbol, _by_last_part().get(last, ()))
        if other is not None
        and other.kind != "module"
        and other.keras2
        and (everywhere or other.path.split(".")[1] == area)
    }
    # `keras.optimizers.Adam` goes before `keras.optimizers.legacy.Adam`.
    depth = min((path.count(".") for path in named), default=0)
    nearest = [path for path in named if path.count(".") == depth]
    return symbol(nearest[0]) if len(nearest) == 1 else None


@cache
def _by_last_part() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in data()["symbols"]:
        last = path.rpartition(".")[2]
        found[last] = (*found.get(last, ()), path)
    return found


@cache
def names_in(package: str) -> frozenset[str]:
    """The public names that a package has in either generation."""
    parents = (path.rpartition(".") for path in data()["symbols"])
    return frozenset(name for parent, _, name in parents if parent == package)


@cache
def symbol(path: str) -> Symbol | None:
    """The public Keras name `path` (`keras.layers.Dense`), None if no generation has it."""
    row = data()["symbols"].get(path)
    if row is None:
        return None
    places = row["in"]
    names = data()["keras"]
    having = row.get("releases", ("1" if "3" in places else "0") * len(names))
    first = having.rfind("0") + 1
    return Symbol(
        path=path,
        kind=row["kind"],
        keras2="2" in places or "1" in places,
        keras3="3" in places,
        compatibility="c" in places,
        bases=tuple(row.get("bases", ())),
        releases=tuple(name for name, has in zip(names, having, strict=True) if has == "1"),
        since=names[first] if 0 < first < len(names) else None,
        moved=row.get("moved"),
        template=row.get("to"),
        drop_in=row.get("drop_in"),
        note=row.get("note", ""),
        check=row.get("check", ""),
        values=row.get("values", {}),
        same=row.get("same", path),
        parameters=_parameters(row.get("parameters")),
        new_parameters=_parameters(row.get("parameters3")),
        methods={
            name: (_known(old), _known(new)) for name, (old, new) in row.get("methods", {}).items()
        },
    )


def _parameters(rows: list[list[str | None]] | None) -> Parameters | None:
    return None if rows is None else _known(rows)


def _known(rows: list[list[str | None]]) -> Parameters:
    return tuple((str(name), default) for name, default in rows)


@dataclass(frozen=True, slots=True)
class ArgumentChange:
    """What becomes of an argument in Keras 3.

    Attributes:
        renamed: its new name.
        dropped: whether it can be left out; a tuple: only with one of these literals' sources.
        values: sources of literals, and what they are written as.
        converter: the converter (k3ls/rules/rewriting/converters.py) that writes its value anew.
        default: what has to be written where it isn't given, as the new default does something
            else.
        changed: sources of literals, or paths, that mean something else, and what to write for
            them; empty if there is no way to get the old meaning.
        when: the literals that other arguments must have for this to matter.
        note: why, or what to do, as a sentence; may be empty.
        check: what a person has to check after `default` or `changed` is written; may be empty.
        rule: the code of the rule that speaks of it, None for `changed-argument`.
    """

    renamed: str | None = None
    dropped: bool | tuple[str, ...] = False
    values: Mapping[str, str] = field(default_factory=dict)
    converter: str | None = None
    default: str | None = None
    changed: Mapping[str, str] = field(default_factory=dict)
    when: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    check: str = ""
    rule: str | None = None


def argument_change(path: str, parameter: str) -> ArgumentChange | None:
    """What is known of a parameter of a function, class or method (`keras.Model.fit`)."""
    row = data()["arguments"].get(path, {}).get(parameter)
    if row is None:
        return None
    dropped = row.get("dropped", False)
    return ArgumentChange(
        row.get("renamed"),
        tuple(dropped) if isinstance(dropped, list) else dropped,
        row.get("values", {}),
        row.get("converter"),
        row.get("default"),
        row.get("changed", {}),
        row.get("when", {}),
        row.get("note", ""),
        row.get("check", ""),
        row.get("rule"),
    )


def changed_defaults(path: str) -> tuple[str, ...]:
    """The parameters of a function or class whose default or values do something else now."""
    rows = data()["arguments"].get(path, {})
    return tuple(name for name, row in rows.items() if "default" in row or "changed" in row)


def longest_symbol(path: str) -> Symbol | None:
    """The longest public name that `path` begins with: of `keras.layers.Dense.from_config` the
    class."""
    while path:
        found = symbol(path)
        if found is not None:
            return found
        path = path.rpartition(".")[0]
    return None


@dataclass(frozen=True, slots=True)
class LostMember:
    """A method or property that Keras 3 hasn't got.

    Attributes:
        of: the classes that had it, with all that derive from them.
        but: classes, with all that derive from them, that still have it.
        renamed: what stands behind the dot now.
        template: how the call is written now, behind the dot.
        parameters: of the method, for the template.
        note: what to do, as the end of a sentence; may be empty.
        rule: the code of the rule that speaks of it, None for `lost-member`.
    """

    of: tuple[str, ...]
    but: tuple[str, ...]
    renamed: str | None
    template: str | None
    parameters: Parameters
    note: str
    rule: str | None


@cache
def lost_members() -> Mapping[str, tuple[LostMember, ...]]:
    """What is known of lost members, by name."""
    return {
        name: tuple(
            LostMember(
                tuple(row["of"]),
                tuple(row.get("but", ())),
                row.get("renamed"),
                row.get("to"),
                _known(row.get("parameters", [])),
                row.get("note", ""),
                row.get("rule"),
            )
            for row in rows
        )
        for name, rows in data()["members"].items()
    }


@cache
def changed_methods() -> tuple[str, ...]:
    """The names of the methods whose parameters changed in some class."""
    rows = data()["symbols"].values()
    return tuple(sorted({name for row in rows for name in row.get("methods", ())}))


@cache
def data() -> dict[str, Any]:
    """The whole file: the releases it was made from (`keras2`, `keras`), and `symbols` by path."""
    text = files("k3ls.knowledge").joinpath("symbols.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
