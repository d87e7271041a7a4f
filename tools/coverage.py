"""Say how much of Keras 2 has a known fate: public callables, parameters, defaults, members.

Each is put into code that uses it, and counts as classified if a rule gives a finding with advice
there, or if a file of people's facts records why none is needed. `python -m tools.coverage` prints
the counts and what isn't classified; the exit code is 1 if there is any.
"""

from __future__ import annotations

import fnmatch
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import tomlkit

from k3ls.engine import check
from k3ls.knowledge.symbols import Parameters, Symbol, argument_change, data, symbol
from k3ls.settings import Settings
from k3ls.text import Source

KNOWLEDGE = Path(__file__).parent.parent / "k3ls/knowledge"


class Signature(NamedTuple):
    """A function, class or method of both generations.

    Attributes:
        owner: its path, for a method that of the class.
        method: the method's name.
    """

    owner: str
    method: str | None
    old: Parameters
    new: Parameters

    @property
    def path(self) -> str:
        return self.owner if self.method is None else f"{self.owner}.{self.method}"

    def call(self, arguments: str) -> str:
        """Code that calls it."""
        if self.method is None:
            return f"from tensorflow import keras\n{self.path}({arguments})\n"
        annotated = f"def use(value: {self.owner}):\n    value.{self.method}({arguments})\n"
        return f"from tensorflow import keras\n{annotated}"


def main() -> int:
    groups = {
        "public callables": callables(),
        "callables of TensorFlow 1": callables_of_tensorflow1(),
        "lost parameters": lost_parameters(),
        "parameters in another place": moved_parameters(),
        "changed defaults": changed_defaults(),
        "lost members": lost_members(),
    }
    missing = 0
    for name, found in groups.items():
        classified = dict(found)
        print(f"{name}: {sum(classified.values())} of {len(classified)}")
        for one in classified:
            if not classified[one]:
                missing += 1
                print(f"  {one}")
    return int(bool(missing))


def symbols() -> Iterator[Symbol]:
    """What Keras 2 has, each object under each of its names."""
    for path, row in data()["symbols"].items():
        found = symbol(path)
        if found is not None and "2" in row["in"]:
            yield found


def signatures() -> Iterator[Signature]:
    """What both generations have and tell the parameters of, each object once."""
    for found in symbols():
        if not found.keras3 or found.same != found.path:
            continue
        if found.parameters is not None and found.new_parameters is not None:
            yield Signature(found.path, None, found.parameters, found.new_parameters)
        for name, (old, new) in found.methods.items():
            yield Signature(found.path, name, old[1:], new[1:])


def callables() -> Iterator[tuple[str, bool]]:
    for found in symbols():
        if found.kind in ("class", "function"):
            code = f"from tensorflow import keras\n{found.path}\n"
            yield found.path, found.keras3 or bool(advice(code, "K103", "K207", "K303"))


def callables_of_tensorflow1() -> Iterator[tuple[str, bool]]:
    """What only `tf.compat.v1` of Keras 2 had."""
    for path, row in data()["symbols"].items():
        if "1" in row["in"] and row["kind"] in ("class", "function"):
            old = path if path.startswith("tensorflow.") else f"tensorflow.compat.v1.{path}"
            old = old.replace("tensorflow.", "tf.", 1)
            yield old, bool(advice(f"import tensorflow as tf\n{old}\n", "K103", "K114"))


def lost_parameters() -> Iterator[tuple[str, bool]]:
    for one in signatures():
        if _hands_on(one.new):
            continue
        for parameter, _ in one.old:
            if parameter.startswith("*") or parameter in dict(one.new):
                continue
            change = argument_change(one.path, parameter)
            known = change is not None and bool(change.renamed or change.dropped or change.note)
            yield f"{one.path}: {parameter}", known


def moved_parameters() -> Iterator[tuple[str, bool]]:
    for one in signatures():
        places = [name for name, _ in _positional(one.new)]
        old = [name for name, _ in _positional(one.old)]
        moved = [
            name
            for index, name in enumerate(old)
            if name in dict(one.new) and places[index : index + 1] != [name]
        ]
        if moved and not _hands_on(one.new):
            values = (repr(name) if name == "name" else f"value_of_{name}" for name in old)
            code = one.call(", ".join(values))
            said = " ".join(advice(code, "K105"))
            for name in moved:
                yield f"{one.path}: {name}", "has another place" in said or "there is no" in said


def changed_defaults() -> Iterator[tuple[str, bool]]:
    document = tomlkit.parse((KNOWLEDGE / "arguments.toml").read_text("utf-8")).unwrap()
    for one in signatures():
        new = dict(one.new)
        for parameter, default in one.old:
            if parameter.startswith("*") or parameter not in new or new[parameter] == default:
                continue
            change = argument_change(one.path, parameter)
            known = change is not None and change.default is not None
            yield (
                f"{one.path}: {parameter}={default}, now {new[parameter]}",
                known or _unchanged(document["unchanged"], one.path, parameter, new[parameter]),
            )


def lost_members() -> Iterator[tuple[str, bool]]:
    for path, row in data()["symbols"].items():
        if row.get("same", path) != path or not row.get("lost"):
            continue
        uses = "".join(f"    value.{member}\n" for member in row["lost"])
        code = f"from tensorflow import keras\ndef use(value: {path}):\n{uses}"
        said = advice(code, "K106", "K202", "K227", "K243", "K246", "K249", "K404")
        for member in row["lost"]:
            yield f"{path}.{member}", any(f"no `{member}`: " in message for message in said)


def advice(code: str, *rules: str) -> list[str]:
    """What these rules say of a piece of code."""
    return [one.message for one in check(Source.from_text(code), Settings(select=rules)).findings]


def _positional(parameters: Parameters) -> Iterable[tuple[str, str | None]]:
    for name, default in parameters:
        if name.startswith("*"):
            return
        yield name, default


def _hands_on(parameters: Parameters) -> bool:
    """Whether a signature only says that it hands everything on."""
    return [name for name, _ in parameters] == ["*args", "**kwargs"]


def _unchanged(rows: list[Any], path: str, parameter: str, default: str | None) -> bool:
    return any(
        fnmatch.fnmatch(parameter, row["argument"])
        and any(fnmatch.fnmatch(path, pattern) for pattern in row["of"])
        and ("values" not in row or default in row["values"])
        for row in rows
    )


if __name__ == "__main__":
    sys.exit(main())
