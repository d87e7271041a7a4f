"""Write k3ls/knowledge/symbols.json: every public Keras name, and where it went.

Walks Keras 2 (`tf_keras`, and for the names of TensorFlow 1 the last TensorFlow with Keras 2
inside), TensorFlow's compatibility namespace (`tf.keras` with Keras 3 installed), the installed
Keras 3 and older releases of it, each in a process of its own. What a person knows stands in
removed.toml, arguments.toml and members.toml and is merged in, checked against each release.
`python -m tools.build_symbols` writes the file; `--check` only says whether it would differ.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

import tomlkit

from k3ls.knowledge.drop_ins import drop_in
from tools.keras2 import python
from tools.sources import fetch

ROOT = Path(__file__).parent.parent
KNOWLEDGE = ROOT / "k3ls/knowledge"
TARGET = KNOWLEDGE / "symbols.json"
# Older releases of Keras 3, beside the one that is installed.
RELEASES = ("3.0.5", "3.3.3", "3.6.0", "3.9.2", "3.12.4")
# What Keras 2 offered to code of TensorFlow 1.
TENSORFLOW1 = (
    "tensorflow.compat.v1.keras",
    "tensorflow.compat.v1.layers",
    "tensorflow.compat.v1.nn.rnn_cell",
)


def walk(
    *packages: str, release: str | None = None, interpreter: Path | str = sys.executable
) -> dict[str, Any]:
    """The API of packages, or of an older release of Keras 3, as `tools.walk_api` prints it."""
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}
    if release is not None:
        environment["PYTHONPATH"] = str(fetch(f"keras=={release}"))
        environment["KERAS_BACKEND"] = "jax"
    done = subprocess.run(
        [interpreter, "-m", "tools.walk_api", *packages],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{packages} {release or ''}: {done.stderr[-2000:]}")
    walked: dict[str, Any] = json.loads(done.stdout)
    return walked


def build() -> tuple[dict[str, Any], list[str]]:
    """The contents of symbols.json, and what is wrong with the files that people write."""
    with ThreadPoolExecutor(2) as pool:
        walks = [pool.submit(walk, "tf_keras"), pool.submit(walk, "tensorflow.keras")]
        walks.append(pool.submit(lambda: walk(*TENSORFLOW1, interpreter=python())))
        walks += [pool.submit(walk, "keras", release=release) for release in RELEASES]
        walks.append(pool.submit(walk, "keras"))
        keras2, compatible, tensorflow1, *releases = [one.result() for one in walks]
    old = {path: {**row, "in": "1"} for path, row in tensorflow1["names"].items()}
    old |= {path: {**row, "in": "2"} for path, row in keras2["names"].items()}
    generations = [one["names"] for one in releases]
    newest = generations[-1]
    symbols: dict[str, Any] = {}
    for path in sorted({*old, *compatible["names"]}.union(*generations)):
        known = next((one[path] for one in reversed(generations) if path in one), None)
        symbols[path] = _symbol(path, old, compatible["names"], newest, known)
        having = "".join("1" if path in one else "0" for one in generations)
        if having.strip("0") and having.strip("1"):
            symbols[path]["releases"] = having
    _own_methods(symbols, old, newest)
    facts = _Facts(symbols, old, generations, [one["version"] for one in releases])
    facts.merge_removed()
    return {
        "keras2": keras2["version"],
        "keras": facts.versions,
        "symbols": symbols,
        "arguments": facts.arguments(),
        "members": facts.members(),
    }, facts.problems


def _rows(name: str) -> Any:
    """The contents of a file that people write."""
    return tomlkit.parse((KNOWLEDGE / f"{name}.toml").read_text("utf-8")).unwrap()


def _symbol(
    path: str,
    keras2: dict[str, Any],
    compatible: dict[str, Any],
    newest: dict[str, Any],
    newest_known: dict[str, Any] | None,
) -> dict[str, Any]:
    old, new = keras2.get(path), newest.get(path)
    known = old or newest_known or compatible[path]
    row: dict[str, Any] = {"kind": known["kind"]}
    row["in"] = (old["in"] if old else "") + ("3" if new else "")
    row["in"] += "c" if path in compatible else ""
    if known["same"] != path:
        row["same"] = known["same"]
    if "bases" in known:
        # A class goes by the name that it has in Keras 2, if it has one.
        names = keras2 if old else newest if new else compatible
        row["bases"] = [_old_name(base, names, keras2) for base in known["bases"]]
    if old and old.get("module"):
        row["module"] = old["module"].removeprefix("tf_keras.").removeprefix("src.")
    if old and old.get("parameters") is not None:
        row["parameters"] = old["parameters"]
    if new and new.get("parameters") is not None and new["parameters"] != row.get("parameters"):
        row["parameters3"] = new["parameters"]
    if old and not new and old["in"] == "2":
        moved = [
            other
            for other, one in keras2.items()
            if one["same"] == old["same"] and other in newest and one["kind"] != "value"
        ]
        if moved:
            package = path.rpartition(".")[0]
            row["moved"] = min(moved, key=lambda other: (not other.startswith(package), len(other)))
    if old and new and "members" in old and "members" in new:
        gone = _members(path, keras2).keys() - _members(path, newest).keys()
        if gone:
            row["lost"] = sorted(gone)
        there = _members(path, newest)
        # A class that overrides a method which changed says so, even if its own is as it was.
        inherited = {
            name
            for base in old["bases"]
            if base in newest and base != path
            for name, parameters in keras2[base]["members"].items()
            if parameters != newest[base]["members"].get(name)
        }
        changed = {
            name: [parameters, there[name]]
            for name, parameters in old["members"].items()
            if parameters and there.get(name) and (parameters != there[name] or name in inherited)
        }
        if changed:
            row["methods"] = changed
    return row


def _own_methods(symbols: dict[str, Any], keras2: dict[str, Any], newest: dict[str, Any]) -> None:
    """Add methods to classes for which they changed otherwise, or not at all, than for those that
    they derive from."""
    # A class comes after those that it derives from.
    for path, row in sorted(symbols.items(), key=lambda item: len(item[1].get("bases", ()))):
        if row["in"][:2] != "23" or row["kind"] != "class":
            continue
        old, new = _members(path, keras2), _members(path, newest)
        bases = [symbols[base].get("methods", {}) for base in row["bases"][1:]]
        for name in {name for methods in bases for name in methods} - row.get("methods", {}).keys():
            own = [old.get(name), new.get(name)]
            inherited = next(methods[name] for methods in bases if name in methods)
            if all(own) and own != inherited:
                row.setdefault("methods", {})[name] = own


def _old_name(base: str, names: dict[str, Any], keras2: dict[str, Any]) -> str:
    paths = [path for path, one in names.items() if one["same"] == base and path in keras2]
    return str(keras2[min(paths, key=len)]["same"]) if paths else base


def _members(path: str, names: dict[str, Any]) -> dict[str, Any]:
    """A class's public members, those of its public bases included."""
    found: dict[str, Any] = {}
    for base in reversed([path, *names[path]["bases"]]):
        found |= names[base]["members"]
    return found


class _Facts:
    """What people wrote, merged with what the walks found and checked against it.

    Attributes:
        symbols: the rows of symbols.json, which `merge_removed` completes.
        keras2: what the walks of Keras 2 found.
        generations: what the walks of the Keras 3 releases found, the newest last.
        versions: of the releases.
        problems: what is wrong, one line each.
    """

    def __init__(
        self,
        symbols: dict[str, Any],
        keras2: dict[str, Any],
        generations: list[dict[str, Any]],
        versions: list[str],
    ) -> None:
        self.symbols = symbols
        self.keras2 = keras2
        self.generations = generations
        self.versions = versions
        self.problems: list[str] = []

    def merge_removed(self) -> None:
        """Add the replacements and the advice of removed.toml."""
        symbols = self.symbols
        for row in _rows("removed")["removed"]:
            for pattern in row["names"]:
                matching = [
                    path
                    for path in fnmatch.filter(symbols, pattern)
                    if ("3" not in symbols[path]["in"] or row.get("dead") or row.get("differs"))
                    and symbols[path]["kind"] != "module"
                ]
                if not matching:
                    self.problems.append(f"removed.toml: {pattern}: no such removed name")
                for path in matching:
                    keys = ("to", "note", "check", "values", "drop_in")
                    symbols[path] |= {key: row[key] for key in keys if key in row}
                    name = path.rpartition(".")[2]
                    if "drop_in" in row and f"class {name}(" not in drop_in(row["drop_in"]):
                        self.problems.append(f"removed.toml: no drop-in has {name}")
                    if "moved" in row:
                        symbols[path]["moved"] = row["moved"].replace("*", name)
                        self.resolve("removed.toml", symbols[path]["moved"])
                    if row.get("dead"):
                        symbols[path]["in"] = symbols[path]["in"].strip("3c")
                        for key in ("releases", "parameters3", "lost", "methods"):
                            symbols[path].pop(key, None)
            replacements = [row["use"]] if "use" in row else []
            replacements += [path for path in _paths(row.get("to", "")) if path != row.get("use")]
            for path in replacements:
                self.resolve("removed.toml", path, row.get("note", ""))
            self.check_note("removed.toml", row)

    def arguments(self) -> dict[str, Any]:
        """The rows of arguments.toml by function, class or method, and by parameter."""
        symbols = self.symbols
        found: dict[str, Any] = {}
        for row in _rows("arguments")["argument"]:
            advice = row.keys() - {"of", "argument", "example"}
            known = {key: row[key] for key in sorted(advice)}
            for pattern in row["of"]:
                owner, _, method = pattern.rpartition(".")
                if symbols.get(owner, {}).get("kind") == "class":
                    paths = [pattern]
                    if method not in symbols[owner].get("methods", {}):
                        self.problems.append(f"arguments.toml: {pattern}: no method that changed")
                else:
                    paths = [
                        symbols[path].get("same", path)
                        for path in fnmatch.filter(symbols, pattern)
                        if symbols[path]["kind"] in ("class", "function")
                        and (
                            not ("default" in row or "changed" in row)
                            or row["argument"] in dict(symbols[path].get("parameters") or ())
                        )
                    ]
                if not paths:
                    self.problems.append(f"arguments.toml: {pattern}: no such name")
                for path in paths:
                    changes = found.setdefault(path, {})
                    changes[row["argument"]] = changes.get(row["argument"], {}) | known
            self.check_note("arguments.toml", row)
        return found

    def members(self) -> dict[str, Any]:
        """The rows of members.toml by member; each a list, as classes may differ."""
        document = _rows("members")
        for row in document["unchanged"]:
            for path, member in product(row["of"], row["members"]):
                for one in self.deriving(path):
                    lost = self.symbols[one].get("lost", ())
                    if member in lost:
                        lost.remove(member)
        found: dict[str, Any] = {}
        for row in document["member"]:
            for member in row["members"]:
                self.problems += (
                    f"members.toml: {path} still has {member}"
                    for of in row["of"]
                    for path in self.deriving(of)
                    if not row.get("early")
                    and not {*self.symbols[path]["bases"]} & {*row.get("but", ())}
                    and member not in self.symbols[path].get("lost", ())
                )
                keys = ("of", "but", "renamed", "to", "note", "rule")
                known = {key: row[key] for key in keys if key in row}
                if "to" in row:
                    parameters = _members(row["of"][0], self.keras2)[member]
                    known["parameters"] = parameters[1:]
                found.setdefault(member, []).append(known)
            self.check_note("members.toml", row)
            new = re.match(r"\w+", row.get("renamed", row.get("to", "_"))).group()  # type: ignore[union-attr]
            for path in row["of"]:
                if not new.startswith("_"):
                    self.resolve("members.toml", f"{path}.{new}", row.get("note", ""))
        return found

    def deriving(self, path: str) -> Iterator[str]:
        """The classes of both generations that derive from a class, itself among them."""
        for other, row in self.symbols.items():
            both = row["in"].startswith("23") and row["kind"] == "class"
            if both and path in row["bases"] and row.get("same", other) == other:
                yield other

    def resolve(self, file: str, path: str, note: str = "") -> None:
        """Check that a replacement exists in each release, or that a note says since which."""
        having = [self.exists(path, names) for names in self.generations]
        if not having[-1]:
            self.problems.append(f"{file}: {path} is not in Keras {self.versions[-1]}")
        elif not all(having):
            first = self.versions[len(having) - having[::-1].index(False)]
            since = f"since Keras {first.rpartition('.')[0]}"
            if since not in note:
                self.problems.append(f"{file}: {path} exists only {since}; say so in the note")

    def exists(self, path: str, names: dict[str, Any]) -> bool:
        """Whether a release has a name, or a class with such a member."""
        if path in names:
            return True
        owner, _, member = path.rpartition(".")
        return names.get(owner, {}).get("kind") == "class" and member in _members(owner, names)

    def check_note(self, file: str, row: dict[str, Any]) -> None:
        """The names of Keras in a note are replacements too."""
        note = row.get("note", "")
        for path in _paths(note):
            self.resolve(file, path, note)


def _paths(text: str) -> Iterator[str]:
    """The full names of Keras in a note or a template."""
    yield from re.findall(r"\bkeras(?:\.\w+)+", text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on a change")
    options = parser.parse_args()
    data, problems = build()
    text = json.dumps(data, separators=(",", ":"), sort_keys=True) + "\n"
    for problem in problems:
        print(problem)
    if options.check:
        return int(bool(problems) or TARGET.read_text("utf-8") != text)
    TARGET.write_text(text, "utf-8")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
