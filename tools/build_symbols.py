"""Write k3ls/knowledge/symbols.json: every public Keras name, and where it went.

Walks Keras 2 (`tf_keras`), TensorFlow's compatibility namespace (`tf.keras` with Keras 3
installed), the installed Keras 3 and older releases of it, each in a process of its own. What a
person knows of removed names stands in removed.toml and is merged in. `python -m
tools.build_symbols` writes the file; `--check` only says whether it would differ.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import tomlkit

from tools.sources import fetch

ROOT = Path(__file__).parent.parent
KNOWLEDGE = ROOT / "k3ls/knowledge"
TARGET = KNOWLEDGE / "symbols.json"
# Older releases of Keras 3, beside the one that is installed.
RELEASES = ("3.0.5", "3.3.3", "3.6.0", "3.9.2", "3.12.4")


def walk(package: str, *, release: str | None = None) -> dict[str, Any]:
    """The API of a package, or of an older release of Keras 3, as `tools.walk_api` prints it."""
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3"}
    if release is not None:
        environment["PYTHONPATH"] = str(fetch(f"keras=={release}"))
        environment["KERAS_BACKEND"] = "jax"
    done = subprocess.run(
        [sys.executable, "-m", "tools.walk_api", package],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{package} {release or ''}: {done.stderr[-2000:]}")
    walked: dict[str, Any] = json.loads(done.stdout)
    return walked


def build() -> tuple[dict[str, Any], list[str]]:
    """The contents of symbols.json, and what is wrong with removed.toml."""
    with ThreadPoolExecutor(2) as pool:
        walks = [pool.submit(walk, "tf_keras"), pool.submit(walk, "tensorflow.keras")]
        walks += [pool.submit(walk, "keras", release=release) for release in RELEASES]
        walks.append(pool.submit(walk, "keras"))
        keras2, compatible, *generations = [one.result() for one in walks]
    newest = generations[-1]["names"]
    symbols: dict[str, Any] = {}
    for path in sorted({*keras2["names"], *compatible["names"], *newest}):
        symbols[path] = _symbol(path, keras2["names"], compatible["names"], newest)
        having = [index for index, one in enumerate(generations) if path in one["names"]]
        if having:
            symbols[path]["since"], symbols[path]["until"] = having[0], having[-1]
    problems = _merge_removed(symbols, newest)
    arguments = _arguments(symbols, problems)
    lost = _lost_members(symbols, keras2["names"], problems)
    return {
        "keras2": keras2["version"],
        "keras": [one["version"] for one in generations],
        "symbols": symbols,
        "arguments": arguments,
        "members": lost,
    }, problems


def _symbol(
    path: str, keras2: dict[str, Any], compatible: dict[str, Any], newest: dict[str, Any]
) -> dict[str, Any]:
    old, new = keras2.get(path), newest.get(path)
    known = old or new or compatible[path]
    row: dict[str, Any] = {"kind": known["kind"]}
    row["in"] = ("2" if old else "") + ("3" if new else "") + ("c" if path in compatible else "")
    if known["same"] != path:
        row["same"] = known["same"]
    if "bases" in known:
        # A class goes by the name that it has in Keras 2, if it has one.
        names = keras2 if old else newest
        row["bases"] = [_old_name(base, names, keras2) for base in known["bases"]]
    if old and old.get("module"):
        row["module"] = old["module"].removeprefix("tf_keras.").removeprefix("src.")
    if old and old.get("parameters") is not None:
        row["parameters"] = old["parameters"]
    if new and new.get("parameters") is not None and new["parameters"] != row.get("parameters"):
        row["parameters3"] = new["parameters"]
    if old and not new:
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


def _old_name(base: str, names: dict[str, Any], keras2: dict[str, Any]) -> str:
    paths = [path for path, one in names.items() if one["same"] == base and path in keras2]
    return str(keras2[min(paths, key=len)]["same"]) if paths else base


def _members(path: str, names: dict[str, Any]) -> dict[str, Any]:
    """A class's public members, those of its public bases included."""
    found: dict[str, Any] = {}
    for base in reversed([path, *names[path]["bases"]]):
        found |= names[base]["members"]
    return found


def _merge_removed(symbols: dict[str, Any], newest: dict[str, Any]) -> list[str]:
    """Add the replacements and the advice of removed.toml; say which names have no fate."""
    problems = []
    document = tomlkit.parse((KNOWLEDGE / "removed.toml").read_text("utf-8")).unwrap()
    for row in document["removed"]:
        for pattern in row["names"]:
            matching = [
                path
                for path in fnmatch.filter(symbols, pattern)
                if ("3" not in symbols[path]["in"] or row.get("dead") or row.get("differs"))
                and symbols[path]["kind"] != "module"
            ]
            if not matching:
                problems.append(f"removed.toml: {pattern}: no such removed name")
            for path in matching:
                known = ("to", "note", "check", "values")
                symbols[path] |= {key: row[key] for key in known if key in row}
                if "moved" in row:
                    symbols[path]["moved"] = row["moved"].replace("*", path.rpartition(".")[2])
                    if symbols[path]["moved"] not in newest:
                        problems.append(f"removed.toml: {symbols[path]['moved']} doesn't exist")
                if row.get("dead"):
                    symbols[path]["in"] = symbols[path]["in"].replace("3", "").replace("c", "")
        used = row.get("use")
        if used is not None and used not in newest:
            problems.append(f"removed.toml: {used} is not in this Keras")
    return problems


def _arguments(symbols: dict[str, Any], problems: list[str]) -> dict[str, Any]:
    """The rows of arguments.toml by function, class or method, and by parameter."""
    found: dict[str, Any] = {}
    document = tomlkit.parse((KNOWLEDGE / "arguments.toml").read_text("utf-8")).unwrap()
    for row in document["argument"]:
        keys = ("renamed", "dropped", "values", "converter", "note")
        known = {key: row[key] for key in keys if key in row}
        for pattern in row["of"]:
            owner, _, method = pattern.rpartition(".")
            if symbols.get(owner, {}).get("kind") == "class":
                paths = [pattern]
                if method not in symbols[owner].get("methods", {}):
                    problems.append(f"arguments.toml: {pattern}: no method that changed")
            else:
                paths = [
                    symbols[path].get("same", path)
                    for path in fnmatch.filter(symbols, pattern)
                    if symbols[path]["kind"] in ("class", "function")
                ]
            if not paths:
                problems.append(f"arguments.toml: {pattern}: no such name")
            for path in paths:
                found.setdefault(path, {})[row["argument"]] = known
    return found


def _lost_members(
    symbols: dict[str, Any], keras2: dict[str, Any], problems: list[str]
) -> dict[str, Any]:
    """The rows of members.toml by member; each a list, as classes may differ."""
    found: dict[str, Any] = {}
    document = tomlkit.parse((KNOWLEDGE / "members.toml").read_text("utf-8")).unwrap()
    for row in document["member"]:
        for member in row["members"]:
            problems += (
                f"members.toml: {path} still has {member}"
                for path in row["of"]
                if not row.get("early") and member not in symbols[path].get("lost", ())
            )
            if "rule" in row:
                continue
            known = {key: row[key] for key in ("of", "but", "renamed", "to", "note") if key in row}
            if "to" in row:
                known["parameters"] = _members(row["of"][0], keras2)[member][1:]
            found.setdefault(member, []).append(known)
    return found


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
