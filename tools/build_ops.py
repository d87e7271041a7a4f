"""Write k3ls/knowledge/ops.json: the rows of op_rows/*.toml, executed on every backend.

For each row it takes the signatures from the installed packages, executes its cases with
TensorFlow, fixes them with k3ls, executes what came out on TensorFlow, JAX and torch, and notes
whether values and dtypes agree. `python -m tools.build_ops` writes the file; `--check` only says
what differs from it. Rows are described in op_rows/README.md.
"""

from __future__ import annotations

import argparse
import fnmatch
import importlib
import importlib.metadata
import inspect
import json
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomlkit

from k3ls.engine import check, fix
from k3ls.knowledge import ops as table
from k3ls.knowledge.ops import BACKENDS
from k3ls.rules.rewriting.rewrite import rewrite
from k3ls.semantics import Module
from k3ls.settings import Settings
from k3ls.syntax import parse
from k3ls.text import Source, apply_edits
from tools.execute import compare, execute, worst
from tools.op_aliases import aliases

KNOWLEDGE = Path(__file__).parent.parent / "k3ls/knowledge"
TARGET = KNOWLEDGE / "ops.json"

# What the cases work on, for each class of dtype that a row is tried with.
SAMPLES = """
import numpy as np
rng = np.random.default_rng(7)
def sample(*shape):
    values = {values}
    return values.reshape(shape).astype("{dtype}")
x, y = sample(2, 3, 4), sample(2, 3, 4)
v, w = sample(4), sample(4)
m, n, s = sample(3, 4), sample(4, 3), sample(3, 3)
p, q = sample(5, 4), sample(4, 5)
image, kernel = sample(1, 6, 6, 3), sample(2, 2, 3, 4)
i = np.array([2, 0, 1], "int32")
flag = np.arange(24).reshape(2, 3, 4) % 3 == 0
f = rng.permutation(np.linspace(0.05, 0.95, 24)).reshape(2, 3, 4).astype("float32")
"""
VALUES = {
    "float": ("float32", "rng.permutation(np.linspace(0.05, 0.95, int(np.prod(shape))))"),
    "int": ("int32", "rng.integers(0, 5, int(np.prod(shape)))"),
    "bool": ("bool", "rng.integers(0, 2, int(np.prod(shape)))"),
}
# Names of older releases that the guide speaks of and today's TensorFlow hasn't got.
_GONE = {"scatter_nd_update"}
_KEYS = {"names", "to", "rewrite", "note", "check", "cases", "dtypes", "let", "random", "or"}


@dataclass
class Case:
    """One case of a row for one class of dtype: the code before and after."""

    row: dict[str, Any]
    dtype: str
    text: str
    arrays: bool  # NumPy arrays are handed to the op, not tensors
    second: bool = False  # the second choice is taken
    tensors: list[str] = field(default_factory=list)  # the samples that are made tensors
    setup: str = ""
    original: str = ""
    fixed: str = ""
    before: str = ""
    after: str = ""
    expected: Any = None
    form: int = 0
    outcomes: dict[str, str] = field(default_factory=dict)

    @property
    def of_keras(self) -> bool:
        """Whether it is a case of a function of Keras 2's backend."""
        return str(self.row["names"][0]).startswith("K.")


def read_rows() -> list[dict[str, Any]]:
    """The rows of every file, as they are written.

    Raises:
        SystemExit: a row has an unknown key, or lacks one.
    """
    rows: list[dict[str, Any]] = []
    for path in sorted((KNOWLEDGE / "op_rows").glob("*.toml")):
        for row in tomlkit.parse(path.read_text("utf-8")).unwrap().get("op", []):
            unknown = row.keys() - _KEYS
            if unknown or "names" not in row:
                sys.exit(f"{path.name}: {row.get('names')}: unknown or missing keys {unknown}")
            rows.append(row)
    return rows


def read_others() -> list[dict[str, Any]]:
    """The names beside the ops, as they are written."""
    document = tomlkit.parse((KNOWLEDGE / "op_rows/others.toml").read_text("utf-8")).unwrap()
    return [
        {
            "names": [f"tensorflow.{name}" for name in row["names"]],
            "note": row["note"],
            "stays": row.get("stays", False),
        }
        for row in document["other"]
    ]


def build(rows: list[dict[str, Any]]) -> tuple[dict[str, Any], list[str]]:
    """The contents of ops.json for these rows, and what was seen that a person should know."""
    problems: list[str] = []
    data, cases = collect(rows, problems)
    built = data["ops"]
    _execute(cases, problems)
    by_row: dict[int, list[Case]] = {}
    for case in cases:
        by_row.setdefault(id(case.row), []).append(case)
    for row, done in zip(rows, built, strict=True):
        _verdict(done, by_row.get(id(row), []), problems)
    return data, problems


def collect(rows: list[dict[str, Any]], problems: list[str]) -> tuple[dict[str, Any], list[Case]]:
    """The table of these rows, not verified yet, and their cases with the code of both sides."""
    built = [_signatures(row, problems) for row in rows]
    versions = {
        name: importlib.metadata.version(name)
        for name in ("keras", "tensorflow-cpu", "jax", "torch")
    }
    _add_aliases(built)
    data = {"versions": versions, "ops": built, "others": read_others()}
    _install(data)
    cases = [
        Case(row, dtype, text, arrays, second)
        for row, done in zip(rows, built, strict=True)
        for dtype in row.get("dtypes", ["float", "int"])
        for text in row.get("cases", [])
        for arrays in (False, True)
        for second in sorted({"second" in one for one in done["rewrites"]})
    ]
    for case in cases:
        _write_code(case, problems)
    return data, [case for case in cases if case.after]


def _install(data: dict[str, Any]) -> None:
    """Let k3ls work with these rows in this process."""
    for cached in (table.data, table._index, table._others, table._op):
        cached.cache_clear()
    table.data = lambda: data  # type: ignore[assignment]


def _signatures(row: dict[str, Any], problems: list[str]) -> dict[str, Any]:
    import keras
    import tensorflow as tf
    import tf_keras

    of_keras = row["names"][0].startswith("K.")
    names = [
        name.replace("K.", "keras.backend.") if of_keras else f"tensorflow.{name}"
        for name in row["names"]
    ]
    functions = {
        name: _resolve(tf_keras.backend, name[2:]) if of_keras else _resolve(tf, name)
        for name in row["names"]
        if name not in _GONE
    }
    first = inspect.signature(functions[row["names"][0]])
    variadic = False
    parameters: list[tuple[str, str | None]] = []
    for parameter in first.parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            variadic = True
            continue
        default = parameter.default
        required = default is parameter.empty
        parameters.append((parameter.name, None if required else _source_of(default)))
    for name, function in functions.items():
        if list(inspect.signature(function).parameters) != list(first.parameters):
            problems.append(f"tf.{name}: its parameters aren't those of tf.{row['names'][0]}")
    forms: list[dict[str, Any]] = [{key: row[key] for key in ("to", "or") if key in row}]
    if "to" not in row:
        forms = row.get("rewrite", [])
    rewrites = [
        {"when": one.get("when", {}), "template": one[key], "verified": {}}
        | ({"check": one["check"]} if "check" in one else {})
        | ({"second": True} if key == "or" else {})
        for key in ("to", "or")
        for one in forms
        if key in one
    ]
    signatures = {}
    for one in rewrites:
        for path in re.findall(r"keras\.[A-Za-z_.0-9]+", one["template"]):
            function = _resolve(keras, path.removeprefix("keras."))
            signatures[path] = list(inspect.signature(function).parameters)
    return {
        "names": names,
        "parameters": parameters,
        "variadic": variadic,
        "rewrites": rewrites,
        "note": row.get("note", ""),
        "check": row.get("check", ""),
        "random": row.get("random", False),
        "signatures": signatures,
        "results": {},
    }


def _add_aliases(built: list[dict[str, Any]]) -> None:
    import tensorflow as tf

    functions = {
        name: _resolve(tf, short)
        for row in built
        for name in row["names"]
        for short in [name.removeprefix("tensorflow.")]
        if short != name and short not in _GONE
    }
    found = aliases(functions)
    for row in built:
        row["aliases"] = sorted(alias for name in row["names"] for alias in found.get(name, ()))


def _source_of(default: Any) -> str:
    name = getattr(default, "name", None)
    if type(default).__name__ == "DType":
        return f"tf.{name}"
    return repr(default) if not callable(default) else getattr(default, "__name__", "...")


def _resolve(root: Any, path: str) -> Any:
    for part in path.split("."):
        root = getattr(root, part)
    return root


def _write_code(case: Case, problems: list[str]) -> None:
    dtype, values = VALUES[case.dtype]
    samples = SAMPLES.format(dtype=dtype, values=values)
    let = "\n".join(f"{name} = {value}" for name, value in case.row.get("let", {}).items())
    statement = case.text if "result" in case.text else f"result = {case.text}"
    head = "import tensorflow as tf\n"
    if case.of_keras:
        head = "from tensorflow.keras import backend as K\n"
    code = f"{head}{statement}\n"
    settings = Settings(select=("K1", "K301", "K303"))
    source = Source.from_text(code)
    if case.second:
        others = [one.fixes[1] for one in check(source, settings).findings if one.fixes[1:]]
        if not others:
            return
        source = source.with_data(apply_edits(source.data, others[0].edits))
    fixed = fix(source, settings, unsafe=True)
    after = fixed.source.text
    if fixed.error or "tensorflow" in after:
        messages = [error.message for error in fixed.left.errors]
        left = "; ".join(messages + [finding.message for finding in fixed.left.findings])
        problems.append(f"{case.text}: not rewritten: {fixed.error or left}")
        return
    case.form = _form(code, second=case.second)
    variables = _VARIABLES | case.row.get("let", {}).keys()
    names = sorted(variables & set(re.findall(r"\b[a-z_]\w*\b", case.text)))
    before_in, after_in = ["import tensorflow as tf"], ["import keras"]
    if case.of_keras:
        before_in.append("from tensorflow.keras import backend as K")
    for name in names:
        if name == "ref":
            before_in.append("ref = tf.Variable(ref)")
            after_in.append("ref = keras.Variable(ref, trainable=False)")
        elif not case.arrays and not case.row.get("let", {}).get(name, "").isdigit():
            before_in.append(f"{name} = tf.constant({name})")
            after_in.append(f"{name} = keras.ops.convert_to_tensor({name})")
            case.tensors.append(name)
    case.original = statement
    case.before = "\n".join([samples, let, *before_in, statement, ""])
    case.setup = "\n".join([samples, let, *after_in])
    case.fixed = after
    case.after = f"{case.setup}\n{case.fixed}\n"


def _form(code: str, *, second: bool) -> int:
    """Which of its row's rewrites the op of a case takes."""
    module = Module(parse(code.encode()))
    for reference in module.references:
        for name in module.qualified(reference):
            row = table.op(name)
            if row is not None and reference.call is not None:
                _, form = rewrite(reference.call, row, module, reference.scope, str, second=second)
                return row.rewrites.index(form)
    raise ValueError(code)


_VARIABLES = set("x y v w m n s p q image kernel i flag f".split())


def _execute(cases: list[Case], problems: list[str]) -> None:
    with ThreadPoolExecutor(2) as pool:
        before = {
            keras2: pool.submit(
                execute,
                [case.before for case in cases if case.of_keras is keras2],
                "tensorflow",
                keras2=keras2,
            )
            for keras2 in (False, True)
        }
        after = {
            backend: pool.submit(execute, [case.after for case in cases], backend)
            for backend in BACKENDS
        }
        answers = {keras2: iter(future.result()) for keras2, future in before.items()}
        got = {backend: future.result() for backend, future in after.items()}
    expected = [next(answers[case.of_keras]) for case in cases]
    for index, case in enumerate(cases):
        case.expected = expected[index]
        if "error" in case.expected:
            continue
        for backend in BACKENDS:
            answer = got[backend][index]
            if "error" in answer:
                case.outcomes[backend] = "fail"
                problems.append(f"{case.dtype} {case.text}: {backend}: {answer['error'][:300]}")
            elif case.row.get("random"):
                case.outcomes[backend] = _alike(case.expected["result"], answer["result"])
            else:
                case.outcomes[backend] = compare(case.expected["result"], answer["result"])
            if case.outcomes[backend] == "differ":
                written = case.after.splitlines()[-1]
                problems.append(f"{case.dtype} {case.text}: {backend} differs: {written}")


def _alike(expected: dict[str, Any], got: dict[str, Any]) -> str:
    """Random numbers: the same shape and dtype, and nearly the same mean."""
    if expected["shape"] != got["shape"]:
        return "differ"
    means = [sum(one["numbers"]) / len(one["numbers"]) for one in (expected, got)]
    if abs(means[0] - means[1]) > 0.1 * max(1.0, abs(means[0])):
        return "differ"
    return "agree" if expected["dtype"] == got["dtype"] else "dtype"


def _verdict(done: dict[str, Any], cases: list[Case], problems: list[str]) -> None:
    """Write into a row what executing its cases showed."""
    for index, form in enumerate(done["rewrites"]):
        for dtype in VALUES:
            accepted = [
                case
                for case in cases
                if case.form == index and case.dtype == dtype and case.outcomes
            ]
            if not accepted:
                continue
            form["verified"][dtype] = {
                backend: worst(case.outcomes[backend] for case in accepted) for backend in BACKENDS
            }
            result = accepted[0].expected["result"]
            if "dtype" in result:
                done["results"].setdefault(dtype, _class_of(result["dtype"]))
        if not form["verified"]:
            problems.append(f"{form['template']}: no case could be executed")


def _class_of(dtype: str) -> str:
    for name in ("bool", "complex", "float"):
        if name in dtype:
            return name
    return "int"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on a change")
    parser.add_argument("--only", help="a pattern of names, as K.*: try these, write nothing")
    options = parser.parse_args()
    rows = read_rows()
    if options.only:
        rows = [row for row in rows if fnmatch.filter(row["names"], options.only)]
    data, problems = build(rows)
    text = json.dumps(data, indent=1, sort_keys=True) + "\n"
    for problem in problems:
        print(problem)
    for backend in BACKENDS:
        rows = [op for op in data["ops"] if op["rewrites"]]
        agree = sum(
            all(
                outcomes[backend] == "agree"
                for form in op["rewrites"]
                for outcomes in form["verified"].values()
            )
            for op in rows
        )
        print(f"{backend}: {agree} of {len(rows)} rows agree in every form and dtype")
    if options.only:
        return 0
    if options.check:
        return int(TARGET.read_text("utf-8") != text)
    TARGET.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
