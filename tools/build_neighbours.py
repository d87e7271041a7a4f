"""Write k3ls/knowledge/neighbours.json: the names of packages beside Keras 2, and their fate.

It walks TensorFlow Addons on true Keras 2, gives each name what neighbours.toml says of it,
executes the cases of each row there and, fixed by k3ls, on every backend of Keras 3, and notes
whether values and dtypes agree. `python -m tools.build_neighbours` writes the file; `--check` only
says what differs from it.
"""

from __future__ import annotations

import argparse
import ast
import fnmatch
import importlib.metadata
import inspect
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomlkit

from k3ls.engine import fix
from k3ls.knowledge import neighbours as table
from k3ls.knowledge.ops import BACKENDS
from k3ls.rules.rewriting.rewrite import rewrite
from k3ls.semantics import Module
from k3ls.settings import Settings
from k3ls.syntax import parse
from k3ls.text import Source
from tools import keras2
from tools.build_ops import SAMPLES, VALUES
from tools.execute import compare, execute, worst
from tools.sources import fetch

ROOT = Path(__file__).parent.parent
KNOWLEDGE = ROOT / "k3ls/knowledge"
TARGET = KNOWLEDGE / "neighbours.json"
ADDONS = "tensorflow-addons==0.23.0"

# What the cases work on, beside the samples of `tools.build_ops`.
_MORE_SAMPLES = """
z = np.linspace(-3, 3, 24).reshape(2, 3, 4).astype("float32")
sequence, volume = sample(2, 6, 4), sample(1, 4, 6, 2, 2)
matrix = np.array([[1, 0.1, 0.5, 0, 1.2, -0.3, 0, 0]], "float32")
one_label, one_score = np.array([[1], [0], [1], [1]], "float32"), sample(4, 1)
logit = 6 * one_score - 3
labels, scores = (sample(8, 3) > 0.5).astype("float32"), sample(8, 3)
weights = sample(8)
start, slopes = sample(3, 4), [sample(3, 4) - 0.5 for step in range(5)]

def measured(metric, weights=None):
    for part in (slice(0, 5), slice(5, 8)):
        given = None if weights is None else weights[part]
        metric.update_state(labels[part], scores[part], sample_weight=given)
    return {"name": metric.name, "result": metric.result()}

def built(layer, shape):
    layer.build(shape)
    return layer

def fixed(shape, dtype=None):
    return np.random.default_rng(3).random(shape).astype("float32")

def twice(layer, value):
    results = [layer(value, training=True) for time in range(2)]
    return [*results, layer(value, training=False)]
"""
_TENSORS = "x y m z image sequence volume".split()
_BEFORE = """
import keras
import tensorflow as tf

def steps(optimizer):
    weight = tf.Variable(start)
    for slope in slopes:
        optimizer.apply_gradients([(tf.constant(slope), weight)])
    return weight
"""
_AFTER = """
import keras

def steps(optimizer):
    weight = keras.Variable(start)
    for slope in slopes:
        optimizer.apply_gradients([(keras.ops.convert_to_tensor(slope), weight)])
    return weight
"""
_KEYS = {"names", "moved", "to", "rewrite", "keywords", "use", "note", "check", "cases"}


@dataclass
class Case:
    """A case of a name: the code before and after, and how the two compare."""

    name: str
    text: str
    before: str = ""
    after: str = ""
    form: int = 0
    outcomes: dict[str, str] = field(default_factory=dict)


def build() -> tuple[dict[str, Any], list[str], list[str]]:
    """The contents of neighbours.json, what is wrong with its rows, and where values differ."""
    problems: list[str] = []
    remarks: list[str] = []
    document = tomlkit.parse((KNOWLEDGE / "neighbours.toml").read_text("utf-8")).unwrap()
    python = keras2.python(ADDONS)
    walked = walk(python, "tensorflow_addons")
    names: dict[str, dict[str, Any]] = {}
    cases: dict[str, list[str]] = {}
    for row in document["neighbour"]:
        unknown = row.keys() - _KEYS
        if unknown:
            problems.append(f"{row['names']}: unknown keys {unknown}")
        for pattern in row["names"]:
            matching = fnmatch.filter(walked, pattern) if "*" in pattern else [pattern]
            if not matching:
                problems.append(f"{pattern}: no such name")
            for name in matching:
                names[name] = _row(name, row, walked.get(name, {}), problems)
                cases[name] = row.get("cases", [])
    problems += (f"{name}: it has no fate" for name in walked if name not in names)
    versions = {name: importlib.metadata.version(name) for name in ("keras", "tensorflow-cpu")}
    data = {
        "versions": versions | dict([ADDONS.split("==")]),
        "names": names,
        "renamed": {row["package"]: _renamed(row) for row in document["renamed"]},
    }
    _install(data)
    written = [Case(name, text) for name, texts in cases.items() for text in own(name, texts)]
    for case in written:
        _write_code(case, problems)
    _execute([case for case in written if case.after], python, problems, remarks)
    for name, row in names.items():
        for index, form in enumerate(row.get("rewrites", ())):
            accepted = [
                case
                for case in written
                if case.name == name and case.form == index and case.outcomes
            ]
            form["verified"] = {"float": _verdict(accepted)} if accepted else {}
            if not accepted:
                problems.append(f"{name}: {form['template']}: no case could be executed")
    return data, problems, remarks


def walk(python: Path, *packages: str) -> dict[str, dict[str, Any]]:
    """The public names of packages that are installed for `python`."""
    done = subprocess.run(
        [python, "-m", "tools.walk_package", *packages],
        cwd=ROOT,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    walked: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return walked


def own(name: str, cases: list[str]) -> list[str]:
    """Those of a row's cases that use the name."""
    short = "tfa." + name.partition(".")[2]
    return [text for text in cases if re.search(rf"\b{re.escape(short)}\b", text)]


def _row(
    name: str, row: dict[str, Any], known: dict[str, Any], problems: list[str]
) -> dict[str, Any]:
    last = name.rpartition(".")[2]
    made: dict[str, Any] = {"kind": known.get("kind", "package")}
    for key in ("moved", "note", "check"):
        if key in row:
            made[key] = re.sub(r"(?<=\.)\*", last, row[key])
    listed = [one for one in known.get("parameters") or () if not one[0].startswith("*")]
    forms = [{"to": row["to"]}] if "to" in row else row.get("rewrite", [])
    if "moved" in made and not forms:
        holes = ", ".join(f"{one}={one}" for one, _ in listed)
        forms = [{"to": f"{made['moved']}({holes}, **others)"}]
    if known.get("parameters") is not None:
        made["parameters"] = [*listed, *([one, "None"] for one in row.get("keywords", ()))]
        made["variadic"] = len(listed) < len(known["parameters"])
    if forms:
        made["rewrites"] = [
            {"when": one.get("when", {}), "template": one["to"], "verified": {}} for one in forms
        ]
    made["signatures"] = {}
    templates = " ".join(one["to"] for one in forms)
    for path in re.findall(r"\bkeras\.[A-Za-z_.0-9]*\w", templates):
        made["signatures"][path] = list(inspect.signature(_resolve(path)).parameters)
    if not made["signatures"]:
        del made["signatures"]
    spoken = " ".join([made.get("note", ""), row.get("use", "")])
    problems += (
        f"{name}: {path} isn't in this Keras"
        for path in re.findall(r"\bkeras\.[A-Za-z_.0-9]*\w", spoken)
        if _resolve(path) is None
    )
    if not forms and not made.get("note"):
        problems.append(f"{name}: it has no note")
    return made


def _resolve(path: str) -> Any:
    import keras

    found: Any = keras
    for part in path.split(".")[1:]:
        found = getattr(found, part, None)
    return found


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    there = _offered(row["now"], row["to"])
    lost = {
        name
        for release in row["releases"]
        for name in _offered(release, row["package"])
        if name not in there
    }
    return {"to": row["to"], "note": row["note"], "lost": sorted(lost)}


def _offered(release: str, package: str) -> set[str]:
    """The public names below a package of Keras's, read from its files."""
    root = fetch(release) / package
    if (root / "api").is_dir():
        root = root / "api"
    found = set()
    for path in root.rglob("__init__.py"):
        parts = path.parent.relative_to(root).parts
        if any(part == "src" or part.startswith("_") for part in parts):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                found |= {".".join([*parts, one.asname or one.name]) for one in node.names}
    return {name for name in found if not name.rpartition(".")[2].startswith(("_", "*"))}


def _install(data: dict[str, Any]) -> None:
    """Let k3ls work with these rows in this process."""
    for cached in (table.data, table._neighbour):
        cached.cache_clear()
    table.data = lambda: data  # type: ignore[assignment]


def _write_code(case: Case, problems: list[str]) -> None:
    code = f"import keras\nimport tensorflow_addons as tfa\n\nresult = {case.text}\n"
    fixed = fix(Source.from_text(code), Settings(select=("K111",)), unsafe=True)
    after = fixed.source.text
    if fixed.error or "tensorflow" in after:
        messages = [error.message for error in fixed.left.errors]
        left = "; ".join(messages + [finding.message for finding in fixed.left.findings])
        problems.append(f"{case.text}: not rewritten: {fixed.error or left}")
        return
    case.form = _form(code)
    dtype, values = VALUES["float"]
    samples = SAMPLES.format(dtype=dtype, values=values) + _MORE_SAMPLES
    before_in = [f"{name} = tf.constant({name})" for name in _TENSORS]
    after_in = [f"{name} = keras.ops.convert_to_tensor({name})" for name in _TENSORS]
    case.before = "\n".join([samples, _BEFORE, *before_in, code])
    case.after = "\n".join([samples, _AFTER, *after_in, after])


def _form(code: str) -> int:
    """Which of its row's rewrites a case takes."""
    module = Module(parse(code.encode()))
    for reference in module.references:
        for name in module.qualified(reference):
            found = table.neighbour(name)
            if found is not None and found.row.rewrites and reference.call is not None:
                _, form = rewrite(reference.call, found.row, module, reference.scope, str)
                return found.row.rewrites.index(form)
    return 0


def _execute(cases: list[Case], python: Path, problems: list[str], remarks: list[str]) -> None:
    with ThreadPoolExecutor(2) as pool:
        before = pool.submit(execute, [case.before for case in cases], "tensorflow", python=python)
        after = {
            backend: pool.submit(execute, [case.after for case in cases], backend)
            for backend in BACKENDS
        }
        expected = before.result()
        got = {backend: future.result() for backend, future in after.items()}
    for index, case in enumerate(cases):
        if "error" in expected[index]:
            problems.append(f"{case.text}: {expected[index]['error'][:300]}")
            continue
        for backend in BACKENDS:
            answer = got[backend][index]
            if "error" in answer:
                case.outcomes[backend] = "fail"
                problems.append(f"{case.text}: {backend}: {answer['error'][:300]}")
                continue
            case.outcomes[backend] = compare(expected[index]["result"], answer["result"])
            if case.outcomes[backend] != "agree":
                written = case.after.splitlines()[-1]
                remarks.append(f"{case.text}: {backend}: {case.outcomes[backend]}: {written}")


def _verdict(cases: list[Case]) -> dict[str, str]:
    return {backend: worst(case.outcomes[backend] for case in cases) for backend in BACKENDS}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on a change")
    options = parser.parse_args()
    data, problems, remarks = build()
    text = json.dumps(data, indent=1, sort_keys=True) + "\n"
    for one in (*problems, *remarks):
        print(one)
    if options.check:
        return int(bool(problems) or TARGET.read_text("utf-8") != text)
    TARGET.write_text(text, "utf-8")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
