"""Measure k3ls on the examples in the documentation of Keras itself.

The examples are those in the docstrings of the installed Keras 2. They are run on Keras 2, on
Keras 3 as they are, and on Keras 3 once fixed. `python -m tools.docstring_examples` says how many
give the same, and for each of the others what differs and what k3ls says about it. `--keras3`
looks at Keras 3's own examples instead, in which k3ls should find nothing that breaks.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import doctest
import importlib
import inspect
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, KeysView, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from types import ModuleType
from typing import Any

from k3ls.engine import Analysis, check, fix
from k3ls.text import Source
from tools.execute import ROOT, compare
from tools.walk_api import public_names

# Seconds for one example.
LIMIT = 30
# How an outcome on Keras 3 compares with that on Keras 2, from best to worst: those of
# `tools.execute.compare`, and `none` where an expression gives None instead of a value.
VERDICTS = ("agree", "none", "dtype", "type", "differ", "fail")
# What examples call `model` without making it.
_MODEL = "model = keras.Sequential([keras.layers.Dense(1)])"
# How many numbers of an array are compared.
_NUMBERS = 1000
_FENCED = re.compile(r"^ *```(?:python)? *\n(.*?)^ *``` *$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Found:
    """A finding of k3ls in an example, or with the severity `raised` a rule that failed."""

    code: str
    severity: str
    message: str


@dataclass
class Example:
    """One example and what became of it.

    Attributes:
        name: the public name that it documents, with `:2` for its second example and so on.
        code: the script.
        whole: whether Keras 2 runs all that the docstring has; `code` ends where it fails.
        found: what k3ls finds in it.
        fixed: the script after fixing.
        left: what k3ls finds in that.
        keras2: what it gives on Keras 2.
        random: which of the values are other ones with another seed.
        keras3: one of `VERDICTS` for `unmodified` and for `fixed`.
        details: what differs from Keras 2 in each of the two.
    """

    name: str
    code: str
    whole: bool = True
    found: list[Found] = field(default_factory=list)
    fixed: str = ""
    left: list[Found] = field(default_factory=list)
    keras2: dict[str, Any] = field(default_factory=dict)
    random: list[str] = field(default_factory=list)
    keras3: dict[str, str] = field(default_factory=dict)
    details: dict[str, list[str]] = field(default_factory=dict)


def examples(root: ModuleType) -> list[Example]:
    """The examples in the docstrings of the package `root`, each text once."""
    assumed = assumptions(root)
    seen: set[str] = set()
    found = []
    for name, docstring in docstrings(root):
        new = [block for block in blocks(docstring) if block not in seen]
        seen.update(new)
        for count, block in enumerate(new, 1):
            label = name if count == 1 else f"{name}:{count}"
            found.append(Example(label, completed(block, assumed)))
    return found


def docstrings(root: ModuleType) -> Iterator[tuple[str, str]]:
    """The docstrings of the public functions, classes and methods that `root` defines."""
    package = root.__name__.split(".")[0]
    seen: set[int] = set()

    def visit(name: str, value: Any) -> Iterator[tuple[str, str]]:
        value = value.__func__ if isinstance(value, (classmethod, staticmethod)) else value
        value = value.fget if isinstance(value, property) else value
        module = getattr(value, "__module__", None) or ""
        if module.split(".")[0] != package or id(value) in seen:
            return
        seen.add(id(value))
        if isinstance(value.__doc__, str):
            yield name, inspect.cleandoc(value.__doc__)
        if inspect.isclass(value):
            for member in dir(value):
                one = inspect.getattr_static(value, member)
                if not member.startswith("_") and not inspect.isclass(one):
                    yield from visit(f"{name}.{member}", one)

    for name, value in public_names(root).items():
        if inspect.isroutine(value) or inspect.isclass(value):
            yield from visit(name, value)


def blocks(docstring: str) -> list[str]:
    """The Python in a docstring: all its prompts as one script, then each fenced block.

    Prompts that show an error are left out, since it would end the script.
    """
    found = []
    with suppress(ValueError):  # from prompts that doctest can't read
        prompts = doctest.DocTestParser().get_examples(docstring)
        found.append("".join(one.source for one in prompts if one.exc_msg is None))
    fenced = _FENCED.findall(docstring)
    found += [textwrap.dedent(block) for block in fenced if ">>>" not in block]
    # Keras 2 has its private name where it means the public one. Examples share no folder.
    for text, instead in (("tf_keras.src", "tensorflow.keras"), ("/tmp/", "")):
        found = [block.replace(text, instead) for block in found]
    return [block for block in found if _statements(block) and not _has_placeholder(block)]


def _has_placeholder(code: str) -> bool:
    """Whether some call has `...` for an argument, as in `Model(...)`."""
    return any(
        isinstance(argument, ast.Constant) and argument.value is ...
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        for argument in node.args
    )


def _statements(code: str) -> list[ast.stmt]:
    """The statements of a text, none if it isn't Python."""
    try:
        return ast.parse(code).body
    except (SyntaxError, ValueError):
        return []


def assumptions(root: ModuleType) -> dict[str, str]:
    """The names that examples use without saying where they are from, and what gives them."""
    home, keras = "tensorflow.keras", "from tensorflow import keras"
    if root.__name__ == "keras":
        home, keras = "keras", "import keras"
    lines = {}
    # Of the paths that end in the same name the shortest is the last one.
    for path in sorted(public_names(root), key=lambda path: -path.count(".")):
        package, _, name = path.rpartition(".")
        if package and not hasattr(builtins, name):
            lines[name] = f"from {home}{package.removeprefix('keras')} import {name}"
    return lines | {
        "np": "import numpy as np",
        "os": "import os",
        "tf": "import tensorflow as tf",
        "keras": keras,
        "K": f"from {home} import backend as K",
        "model": f"{keras}\n{_MODEL}",
    }


def completed(code: str, assumed: dict[str, str]) -> str:
    """`code` below what gives the names that it assumes."""
    used, bound = [], set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            used.append(node.id)
        elif isinstance(node, ast.Name):
            bound.add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.alias):
            bound.add(node.asname or node.name.split(".")[0])
        elif isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            bound.add(node.name)
    given = "\n".join(assumed[name] for name in used if name in assumed and name not in bound)
    lines = sorted(dict.fromkeys(given.splitlines()), key=_MODEL.__eq__)
    return "\n".join([*lines, "", code]) if lines else code


def serve() -> None:
    """Run examples, each in a process of its own.

    The standard input has a JSON list of pairs, a script and a seed. The outcome of each is
    written as a line of JSON. The processes are forked from this one, which has imported
    TensorFlow and not yet used it.
    """
    import tensorflow as tf

    import tools.run_code  # noqa: F401 - the examples' processes needn't import it then

    tf.keras.Model  # noqa: B018 - the first use imports Keras
    for code, seed in json.load(sys.stdin):
        folder = Path(tempfile.mkdtemp())
        child = os.fork()
        if child == 0:
            try:
                _answer(code, seed, folder)
                os._exit(0)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # what the example has started and left
        end = os.waitstatus_to_exitcode(status)
        if end == 0:
            answer = (folder / "outcome").read_text()
        else:
            error = f"longer than {LIMIT} s" if end == -signal.SIGALRM else f"exit code {end}"
            answer = json.dumps({"values": {}, "error": error})
        print(answer, flush=True)
        shutil.rmtree(folder, ignore_errors=True)


def _answer(code: str, seed: int, folder: Path) -> None:
    os.setsid()
    signal.alarm(LIMIT)
    os.chdir(folder)
    tempfile.tempdir = str(folder)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    (folder / "outcome").write_text(json.dumps(run(code, seed, folder / "example.py")))


def run(code: str, seed: int, path: Path) -> dict[str, Any]:
    """What a script gives, statement by statement.

    `values` has what its expressions give, and its variables as they are in the end, if
    `tools.run_code` can describe them. If a statement fails, there is its `error` and the `line`.
    """
    import numpy as np
    import tensorflow as tf

    tf.keras.utils.set_random_seed(seed)
    # An example that sets a seed of its own is still one of random values.
    set_seed = tf.random.set_seed
    tf.random.set_seed = lambda own: set_seed(own + seed)
    # What NumPy draws is the same on Keras 2 and Keras 3, so that it is no reason for a difference.
    np.random.seed(0)
    random.seed(0)
    path.write_text(code)  # where AutoGraph looks for the source of functions
    # A printed value is one to compare.
    scope: dict[str, Any] = {"__name__": "example", "print": lambda *values, **_: values}
    given = set(scope)
    values: dict[str, Any] = {}
    failure: dict[str, Any] = {}
    expressions = 0
    statements = ast.parse(code).body
    try:
        for statement in statements:
            if isinstance(statement, ast.Expr):
                expressions += 1
                expression = compile(ast.Expression(statement.value), str(path), "eval")
                _record(f"expression {expressions}", eval(expression, scope), values)
            else:
                exec(compile(ast.Module([statement], []), str(path), "exec"), scope)
    except Exception as error:  # noqa: BLE001 - whatever an example raises is its outcome
        failure = {"error": _message(error), "line": statement.lineno}
    for name, value in scope.items():
        if name not in given and not name.startswith("_") and not isinstance(value, str):
            _record(name, value, values)
    return {"values": values, **failure}


def _message(error: Exception) -> str:
    """An error in one line, without the stack that TensorFlow writes into it."""
    lines = [line.strip() for line in str(error).splitlines()]
    told = [line for line in lines if line and not line.startswith(("File ", "[[{{"))]
    return f"{type(error).__name__}: {' '.join(told)}"


def _record(key: str, value: Any, values: dict[str, Any]) -> None:
    from tools.run_code import described

    # Models, layers, data sets and others can't be compared.
    with suppress(Exception):
        values[key] = _changed(described(_plain(value)), _shortened)


def _plain(value: Any) -> Any:
    """A value in a form that `tools.run_code.described` knows.

    Raises:
        TypeError: there is none.
    """
    import keras
    import numpy as np
    import tensorflow as tf

    if isinstance(value, float):
        return np.asarray(value)  # so that it is compared with a tolerance
    if isinstance(value, str) and " at 0x" not in value:
        return value
    if isinstance(value, (bool, int, type(None), np.ndarray, np.generic)):
        return value
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, KeysView, tf.TensorShape)):
        return [_plain(one) for one in value]
    if isinstance(value, bytes):
        return repr(value)
    if isinstance(value, tf.DType):
        return value.name
    if isinstance(value, tf.RaggedTensor):
        return _plain(value.to_list())
    if isinstance(value, tf.SparseTensor):
        return tf.sparse.to_dense(value)
    if type(value).__name__ == "KerasTensor":
        return f"symbolic {tf.as_dtype(value.dtype).name} {tuple(value.shape)}"
    if isinstance(value, (tf.Tensor, tf.Variable, keras.Variable)):
        return value
    raise TypeError(type(value))


def _changed(described: Any, change: Callable[[Any], Any]) -> Any:
    """A described value with each array and each plain value in it changed."""
    if "items" in described:
        return {"items": [_changed(one, change) for one in described["items"]]}
    if "dict" in described:
        return {"dict": {key: _changed(one, change) for key, one in described["dict"].items()}}
    return change(described)


def _shortened(described: Any) -> Any:
    if "numbers" not in described:
        return described
    step = len(described["numbers"]) // _NUMBERS + 1
    return {**described, "numbers": described["numbers"][::step]}


def _form(described: Any) -> Any:
    """What two random values must have in common: shape and dtype."""
    if "numbers" in described:
        return {**described, "numbers": [0] * len(described["numbers"])}
    return {"value": type(described["value"]).__name__}


def outcomes(cases: Sequence[tuple[str, int]], what: str, *, keras2: bool) -> list[dict[str, Any]]:
    """What each script gives with its seed, on Keras 2 or Keras 3, from two servers.

    Raises:
        RuntimeError: a server died.
    """
    done: Counter[int] = Counter()

    def half(start: int) -> list[dict[str, Any]]:
        answers = []
        for answer in _served(cases[start::2], keras2=keras2):
            answers.append(answer)
            done[start] += 1
            print(f"\r{what}: {done.total()} of {len(cases)} ", end="", file=sys.stderr)
        if len(answers) < len(cases[start::2]):
            raise RuntimeError(f"{what}: a server died after {len(answers)} examples")
        return answers

    with ThreadPoolExecutor(2) as pool:
        halves = list(pool.map(half, (0, 1)))
    print(file=sys.stderr)
    return [halves[index % 2][index // 2] for index in range(len(cases))]


def _served(cases: Sequence[tuple[str, int]], *, keras2: bool) -> Iterator[dict[str, Any]]:
    nowhere = "http://127.0.0.1:9"  # a proxy that isn't there: downloads fail at once
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "KERAS_BACKEND": "tensorflow",
            "TF_USE_LEGACY_KERAS": "1" if keras2 else "0",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "",
            "PYTHONHASHSEED": "0",
            "HOME": home,
            **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), nowhere),
        }
        with subprocess.Popen(
            [sys.executable, "-c", "from tools.docstring_examples import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
            cwd=ROOT,
        ) as server:
            assert server.stdin is not None
            assert server.stdout is not None
            json.dump(cases, server.stdin)
            server.stdin.close()
            for line in server.stdout:
                yield json.loads(line)


def measure(found: Sequence[Example]) -> list[Example]:
    """Run examples everywhere; gives those that do something on Keras 2, with what came out."""
    first = outcomes([(one.code, 1) for one in found], "Keras 2", keras2=True)
    for example, outcome in zip(found, first, strict=True):
        example.keras2 = outcome
        if "error" in outcome:
            example.whole = False
            lines = example.code.splitlines(keepends=True)
            example.code = "".join(lines[: outcome.get("line", 1) - 1])
    found = [example for example in found if _does_something(example.code)]
    again = outcomes([(one.code, 2) for one in found], "Keras 2, another seed", keras2=True)
    for example, outcome in zip(found, again, strict=True):
        values, others = example.keras2["values"], outcome["values"]
        example.random = [
            key for key in values if key in others and compare(values[key], others[key]) != "agree"
        ]
        _fix(example)
    for what in ("unmodified", "fixed"):
        codes = [one.fixed if what == "fixed" else one.code for one in found]
        answers = outcomes([(code, 1) for code in codes], f"Keras 3, {what}", keras2=False)
        for example, code, answer in zip(found, codes, answers, strict=True):
            example.keras3[what], example.details[what] = verdict(example, code, answer)
    return found


def _does_something(code: str) -> bool:
    """Whether there is more in a script than imports, `...` and what was assumed."""
    return any(
        not isinstance(one, (ast.Import, ast.ImportFrom))
        and not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))
        and ast.unparse(one) != _MODEL
        for one in _statements(code)
    )


def _fix(example: Example) -> None:
    source = Source.from_text(example.code)
    fixed = fix(source, unsafe=True)
    example.found = _found(check(source))
    example.fixed = fixed.source.text
    example.left = _found(fixed.left)
    if fixed.error is not None:
        example.left.append(Found("fix", "raised", fixed.error))


def _found(analysis: Analysis) -> list[Found]:
    findings = [Found(one.code, one.severity.value, one.message) for one in analysis.findings]
    return findings + [Found(one.code, "raised", one.message) for one in analysis.errors]


def _expressions(code: str) -> list[str]:
    """The source of the expressions that are statements of a script."""
    return [ast.unparse(node) for node in _statements(code) if isinstance(node, ast.Expr)]


def _places(before: list[str], after: list[str]) -> dict[str, str]:
    """Which expression of a fixed script is which of the original, if a fix has added some.

    The expressions keep their order; of the ways to match them all, the one that puts the most
    alike together is taken.
    """
    # By how many of both are matched: how alike they are, and the places of those of `after`.
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for place, source in enumerate(after):
        for count in sorted(best, reverse=True):
            if count == len(before):
                continue
            likeness, places = best[count]
            likeness += SequenceMatcher(None, before[count], source).ratio()
            if count + 1 not in best or likeness > best[count + 1][0]:
                best[count + 1] = (likeness, [*places, place])
    places = best.get(len(before), (0.0, []))[1]
    return {f"expression {n}": f"expression {place + 1}" for n, place in enumerate(places, 1)}


def verdict(example: Example, code: str, outcome: dict[str, Any]) -> tuple[str, list[str]]:
    """How the outcome of `code` on Keras 3 compares with that of Keras 2, and what differs.

    Values that another seed changes need only have the same shape and dtype.
    """
    if "error" in outcome:
        return "fail", [outcome["error"]]
    worst = VERDICTS[0]
    details = []
    places = _places(_expressions(example.code), _expressions(code))
    labels = {f"expression {n}": one for n, one in enumerate(_expressions(example.code), 1)}
    for key, expected in example.keras2["values"].items():
        if expected == {"value": None}:
            continue
        got = outcome["values"].get(places.get(key, key))
        one = _compared(expected, got, alike=key in example.random)
        if one != VERDICTS[0]:
            label = textwrap.shorten(labels.get(key, key), 60)
            details.append(f"{label}: {_short(expected)}, now {_short(got)}")
            worst = max(worst, one, key=VERDICTS.index)
    return worst, details


def _compared(expected: Any, got: Any, *, alike: bool) -> str:
    if got is None:
        return "differ"
    result = compare(expected, got)
    if result == "differ" and alike:
        return compare(_changed(expected, _form), _changed(got, _form))
    if result == "differ" and got == {"value": None}:
        return "none"
    return result


def _short(described: Any) -> str:
    if described is None:
        return "no value"
    if "numbers" in described:
        numbers = ", ".join(f"{one:.6g}" for one in described["numbers"][:6])
        return f"{described['dtype']}{described['shape']} {numbers}"
    if "items" in described:
        return f"[{', '.join(_short(one) for one in described['items'])}]"
    if "dict" in described:
        return str({key: _short(one) for key, one in described["dict"].items()})
    return repr(described["value"])


def report(total: int, measured: Sequence[Example]) -> Iterator[str]:
    """The lines of what the program prints about examples of Keras 2."""
    whole = sum(example.whole for example in measured)
    yield f"{total} examples"
    yield f"{len(measured)} run on Keras 2, {len(measured) - whole} of them only in part"
    for what in ("unmodified", "fixed"):
        counts = Counter(example.keras3[what] for example in measured)
        yield f"Keras 3, {what}: " + ", ".join(f"{counts[one]} {one}" for one in VERDICTS)
    for example in measured:
        errors = [one.message for one in example.found if one.severity == "error"]
        if example.keras3["unmodified"] == "agree" and errors:
            yield f"\n{example.name}: Keras 3 gives the same; is this a false alarm?"
            yield from (f"    {message}" for message in dict.fromkeys(errors))
        if VERDICTS.index(example.keras3["fixed"]) < VERDICTS.index("dtype"):
            continue
        before, after = example.keras3["unmodified"], example.keras3["fixed"]
        yield f"\n{example.name}: {after if before == after else f'{before}, then {after}'}"
        for detail in example.details["fixed"][:3]:
            yield f"    {textwrap.shorten(detail, 200)}"
        yield from _said(example)


def report_keras3(found: Sequence[Example]) -> Iterator[str]:
    """The lines of what the program prints about examples of Keras 3."""
    counts = Counter((one.code, one.severity) for example in found for one in example.found)
    yield f"{len(found)} examples, {counts.total()} findings"
    for (code, severity), count in counts.most_common():
        yield f"{count} {code} {severity}"
    for example in found:
        for one in example.found:
            yield f"{example.name}: {one.code} {one.severity}: {one.message}"


def _said(example: Example) -> Iterator[str]:
    left = Counter(example.left)
    fixed = Counter(one.code for one in (Counter(example.found) - left).elements())
    if fixed:
        yield "    k3ls fixed " + ", ".join(f"{count} {code}" for code, count in fixed.items())
    for one in left:
        yield f"    k3ls {one.code} {one.severity}: {one.message}"
    if not fixed and not left:
        yield "    k3ls finds nothing"


def show(example: Example) -> Iterator[str]:
    """All that is known of one example."""
    yield f"# {example.name}"
    yield example.code
    if example.keras3:
        for key, value in example.keras2["values"].items():
            yield f"{key} = {_short(value)}{' (random)' if key in example.random else ''}"
        if not example.whole:
            yield f"Keras 2 ends here: {example.keras2['error']}"
        yield "\n# fixed\n" + example.fixed
        for what, result in example.keras3.items():
            yield "\n    ".join([f"Keras 3, {what}: {result}", *example.details[what]])
    yield from _said(example)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keras3", action="store_true", help="findings in Keras 3's own examples")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all that is known")
    parser.add_argument("--show", metavar="NAME", help="all about the examples of NAME")
    options = parser.parse_args()
    found = examples(importlib.import_module("keras" if options.keras3 else "tf_keras"))
    if options.show:
        found = [one for one in found if one.name.split(":")[0] == options.show]
    if options.keras3:
        for example in found:
            _fix(example)
        lines = list(report_keras3(found))
    else:
        total = len(found)
        found = measure(found)
        lines = list(report(total, found))
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in found], indent=1), "utf-8")
    if options.show:
        lines = [line for example in found for line in show(example)]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
