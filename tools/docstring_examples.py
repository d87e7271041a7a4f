"""Measure k3ls on the examples in Keras 2's own documentation.

The examples are taken from the docstrings of the installed `tf_keras` and run on Keras 2, on
Keras 3 as they are, and on Keras 3 once fixed. `python -m tools.docstring_examples` says how many
give the same values, and for each of the others what went wrong and what k3ls finds in it.
`--keras3` looks at Keras 3's own examples instead, in which k3ls should find nothing.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import doctest
import inspect
import json
import linecache
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
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from k3ls.engine import check, fix
from k3ls.text import Source
from tools.execute import ROOT, compare, worst
from tools.walk_api import public_names

# Seconds for one example.
LIMIT = 20
# Of a large array that many numbers are compared.
NUMBERS = 1000
_FENCED = re.compile(r"^ *```(?:python)? *\n(.*?)^ *``` *$", re.DOTALL | re.MULTILINE)


@dataclass
class Example:
    """One example and what became of it.

    Attributes:
        name: the public name that it documents, with `:2` for its second example and so on.
        code: the script.
        whole: whether Keras 2 runs all that stands in the docstring; `code` ends where it fails.
        found: the findings of k3ls, as `K101 message`.
        fixed: the script after fixing.
        left: the findings that are left in it.
        keras2: what Keras 2 gives.
        random: the keys of the values that are other ones with another seed.
        keras3: how Keras 3's outcome compares, `unmodified` and `fixed`.
        details: what is other than on Keras 2, for `unmodified` and `fixed`.
    """

    name: str
    code: str
    whole: bool = True
    found: list[str] = field(default_factory=list)
    fixed: str = ""
    left: list[str] = field(default_factory=list)
    keras2: dict[str, Any] = field(default_factory=dict)
    random: list[str] = field(default_factory=list)
    keras3: dict[str, str] = field(default_factory=dict)
    details: dict[str, list[str]] = field(default_factory=dict)


def examples(root: ModuleType) -> list[Example]:
    """The examples in the docstrings of the package `root`, which is Keras 2 or Keras 3.

    The prompts of one docstring are one script, as doctest has it, and so is each fenced block.
    What isn't Python is left out.
    """
    assumed = assumptions(root)
    seen: set[str] = set()
    found: list[Example] = []
    for name, docstring in docstrings(root):
        count = 0
        for block in blocks(docstring):
            if block in seen:
                continue
            seen.add(block)
            count += 1
            found.append(
                Example(f"{name}:{count}" if count > 1 else name, completed(block, assumed))
            )
    return found


def assumptions(root: ModuleType) -> dict[str, str]:
    """The names that examples use without saying where they are from, and what gives them."""
    home = "keras" if root.__name__ == "keras" else "tensorflow.keras"
    lines = {}
    # The shortest path of several is the last one.
    for path in sorted(public_names(root), key=lambda path: -path.count(".")):
        package, _, name = path.rpartition(".")
        if package and not hasattr(builtins, name):
            lines[name] = f"from {home}{package.removeprefix('keras')} import {name}"
    return lines | {
        "np": "import numpy as np",
        "os": "import os",
        "tf": "import tensorflow as tf",
        "keras": "import keras" if home == "keras" else "from tensorflow import keras",
        "K": f"from {home} import backend as K",
        "model": f"from {home} import Sequential, layers\nmodel = Sequential([layers.Dense(1)])",
    }


def docstrings(root: ModuleType) -> Iterator[tuple[str, str]]:
    """The docstrings of the public functions, classes and methods that `root` defines."""
    package = root.__name__.split(".")[0]
    seen: set[int] = set()

    def visit(name: str, value: Any) -> Iterator[tuple[str, str]]:
        function = value.__func__ if isinstance(value, (classmethod, staticmethod)) else value
        function = function.fget if isinstance(function, property) else function
        module = getattr(function, "__module__", None) or ""
        if module.split(".")[0] != package or id(function) in seen:
            return
        seen.add(id(function))
        if isinstance(function.__doc__, str):
            yield name, inspect.cleandoc(function.__doc__)
        if inspect.isclass(function):
            for member in dir(function):
                if not member.startswith("_"):
                    static = inspect.getattr_static(function, member)
                    if inspect.isroutine(static) or isinstance(static, property):
                        yield from visit(f"{name}.{member}", static)

    for name, value in public_names(root).items():
        if not inspect.ismodule(value):
            yield from visit(name, value)


def blocks(docstring: str) -> list[str]:
    """The pieces of Python in a docstring: its prompts as one, then its fenced blocks."""
    found = []
    with suppress(ValueError):  # a prompt that doctest can't read
        prompts = doctest.DocTestParser().get_examples(docstring)
        # One that shows an error would end the script.
        found.append("".join(one.source for one in prompts if one.exc_msg is None))
    for block in _FENCED.findall(docstring):
        if ">>>" not in block:
            found.append(textwrap.dedent(block))
    # In the package's own tree the public `keras` has another name.
    found = [one.replace("tf_keras.src", "tensorflow.keras") for one in found]
    return [one for one in found if _statements(one)]


def _statements(code: str) -> list[ast.stmt]:
    try:
        return ast.parse(code).body
    except (SyntaxError, ValueError):
        return []


def completed(code: str, assumed: dict[str, str]) -> str:
    """`code` below what gives the names that it assumes."""
    nodes = list(ast.walk(ast.parse(code)))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    bound = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    for node in nodes:
        if isinstance(node, ast.alias):
            bound.add(node.asname or node.name.split(".")[0])
        elif isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            bound.add(node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
    used = dict.fromkeys(node.id for node in names if node.id not in bound)
    lines = [assumed[name] for name in used if name in assumed]
    return "\n".join([*lines, "", code]) if lines else code


def serve() -> None:
    """Run the examples that the standard input has as JSON, each in a process of its own.

    The processes are forked from this one, which has TensorFlow imported and nothing done with
    it. Each example is a pair of its code and a seed; its outcome is written as a line of JSON.
    """
    import tensorflow as tf

    import tools.run_code  # noqa: F401 - imports Keras

    tf.keras.Model  # noqa: B018 - imports Keras 2, where that is asked for
    for code, seed in json.load(sys.stdin):
        folder = Path(tempfile.mkdtemp())
        child = os.fork()
        if child == 0:
            signal.alarm(LIMIT)
            os.setsid()
            os.chdir(folder)
            nowhere = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(nowhere, descriptor)
            outcome = run(code, seed, folder / "example.py")
            (folder / "outcome").write_text(json.dumps(outcome))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # processes that the example has left behind
        if status:
            killer = os.WTERMSIG(status)
            slow = killer == signal.SIGALRM
            answer = f"longer than {LIMIT} seconds" if slow else f"ended by signal {killer}"
            print(json.dumps({"error": answer, "values": {}}), flush=True)
        else:
            print((folder / "outcome").read_text(), flush=True)
        shutil.rmtree(folder, ignore_errors=True)


def run(code: str, seed: int, path: Path) -> dict[str, Any]:
    """What a script gives, statement by statement.

    `values` has what its expressions give and, at the end, its variables; what isn't made of
    tensors, numbers and texts is left out. `error` is there if a statement fails, with its
    `line`.
    """
    import numpy as np
    import tensorflow as tf

    tf.keras.utils.set_random_seed(seed)
    # NumPy's numbers are the same ones on both generations.
    np.random.seed(0)
    random.seed(0)
    path.write_text(code)  # where TensorFlow's AutoGraph reads functions
    # A printed value is one to compare.
    scope: dict[str, Any] = {"__name__": "example", "print": lambda *values, **_: values}
    values: dict[str, Any] = {}
    error: dict[str, Any] = {}
    expressions = 0
    for statement in ast.parse(code).body:
        try:
            if isinstance(statement, ast.Expr):
                expressions += 1
                expression = ast.Expression(statement.value)
                value = eval(compile(expression, str(path), "eval"), scope)
                _record(f"expression {expressions}", value, values)
            else:
                exec(compile(ast.Module([statement], []), str(path), "exec"), scope)
        except Exception as raised:  # noqa: BLE001 - whatever an example raises is its outcome
            message = f"{type(raised).__name__}: {raised}"
            error = {"error": message, "line": statement.lineno}
            break
    for name, value in scope.items():
        if not name.startswith("_") and name != "print" and not isinstance(value, str):
            _record(name, value, values)
    return {"values": values, **error}


def _record(key: str, value: Any, values: dict[str, Any]) -> None:
    from tools.run_code import described

    with suppress(Exception):
        values[key] = _shortened(described(_plain(value)))


def _plain(value: Any) -> Any:
    """A value as `described` knows it.

    Raises:
        TypeError: it is another object.
    """
    import keras
    import numpy as np
    import tensorflow as tf

    if isinstance(value, (bool, int, type(None), np.ndarray, np.generic)):
        return value
    if isinstance(value, float):
        return np.asarray(value)  # to be compared with a tolerance
    if isinstance(value, bytes):
        return repr(value)
    if isinstance(value, str) and " at 0x" not in value:
        return value
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, tf.TensorShape)):
        return [_plain(one) for one in value]
    if isinstance(value, tf.DType):
        return value.name
    if isinstance(value, tf.RaggedTensor):
        return _plain(value.to_list())
    if isinstance(value, tf.SparseTensor):
        return tf.sparse.to_dense(value)
    if "KerasTensor" in type(value).__name__:
        return f"symbolic {tf.as_dtype(value.dtype).name} {tuple(value.shape)}"
    if isinstance(value, (tf.Tensor, tf.Variable, keras.Variable)):
        return value
    raise TypeError(type(value))


def _shortened(described: Any) -> Any:
    """A described value with fewer numbers if they are many."""
    if "items" in described:
        return {"items": [_shortened(one) for one in described["items"]]}
    if "dict" in described:
        return {"dict": {key: _shortened(one) for key, one in described["dict"].items()}}
    if "numbers" in described:
        step = len(described["numbers"]) // NUMBERS + 1
        return {**described, "numbers": described["numbers"][::step]}
    return described


def outcomes(cases: Sequence[tuple[str, int]], what: str, *, keras2: bool) -> list[dict[str, Any]]:
    """What each example gives with its seed, from two servers.

    Raises:
        RuntimeError: a server died.
    """
    done = Counter[int]()

    def half(start: int) -> list[dict[str, Any]]:
        answers = []
        for answer in _served(cases[start::2], keras2=keras2):
            answers.append(answer)
            done[start] += 1
            print(f"\r{what}: {done.total()} of {len(cases)} ", end="", file=sys.stderr)
        if len(answers) < len(cases[start::2]):
            raise RuntimeError(f"{what}: the server died after {len(answers)} examples")
        return answers

    with ThreadPoolExecutor(2) as pool:
        even, odd = pool.map(half, (0, 1))
    print(file=sys.stderr)
    return [(odd if index % 2 else even)[index // 2] for index in range(len(cases))]


def _served(cases: Sequence[tuple[str, int]], *, keras2: bool) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as home:
        nowhere = "http://127.0.0.1:9"  # so that downloads fail at once
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
        server = subprocess.Popen(
            [sys.executable, "-c", "from tools.docstring_examples import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
            cwd=ROOT,
        )
        assert server.stdin is not None and server.stdout is not None
        with server:
            json.dump(cases, server.stdin)
            server.stdin.close()
            for line in server.stdout:
                yield json.loads(line)


def measure(found: list[Example]) -> list[Example]:
    """Run examples everywhere; gives those that Keras 2 runs, with what came out."""
    first = outcomes([(one.code, 1) for one in found], "Keras 2", keras2=True)
    for example, outcome in zip(found, first, strict=True):
        example.keras2 = outcome
        if "error" in outcome:
            example.whole = False
            example.code = _before(example.code, outcome.get("line", 1))
    found = [example for example in found if _does_something(example.code)]
    again = outcomes([(one.code, 2) for one in found], "Keras 2, another seed", keras2=True)
    for example, outcome in zip(found, again, strict=True):
        values, others = example.keras2["values"], outcome["values"]
        example.random = [key for key in values if _compared(values, others, key) != "agree"]
        analyse(example)
    for what, codes in (
        ("unmodified", [one.code for one in found]),
        ("fixed", [one.fixed for one in found]),
    ):
        answers = outcomes([(code, 1) for code in codes], f"Keras 3, {what}", keras2=False)
        for example, answer in zip(found, answers, strict=True):
            example.keras3[what], example.details[what] = verdict(example, answer)
    return found


def _before(code: str, line: int) -> str:
    return "".join(code.splitlines(keepends=True)[: line - 1])


def _does_something(code: str) -> bool:
    return any(not isinstance(one, (ast.Import, ast.ImportFrom)) for one in _statements(code))


def analyse(example: Example) -> None:
    """Note what k3ls finds in an example and how it fixes it."""
    source = Source.from_text(example.code)
    done = fix(source, unsafe=True)
    example.found = [f"{one.code} {one.message}" for one in check(source).findings]
    example.left = [f"{one.code} {one.message}" for one in done.left.findings]
    example.fixed = done.source.text
    if done.error:
        example.left.append(f"not fixed: {done.error}")


def verdict(example: Example, outcome: dict[str, Any]) -> tuple[str, list[str]]:
    """How an outcome on Keras 3 compares with that on Keras 2, and what is other.

    The verdict is one of `tools.execute.compare`, or `fail`.
    """
    if "error" in outcome:
        return "fail", [outcome["error"]]
    results, details = [], []
    expected = example.keras2["values"]
    for key in expected:
        result = _compared(expected, outcome["values"], key)
        if result == "differ" and key in example.random:
            result = _compared(_form(expected), _form(outcome["values"]), key)
        results.append(result)
        if result != "agree":
            details.append(
                f"{key}: {_short(expected[key])} -> {_short(outcome['values'].get(key))}"
            )
    return worst(results), details


def _compared(expected: dict[str, Any], got: dict[str, Any], key: str) -> str:
    return compare(expected[key], got[key]) if key in got else "differ"


def _form(described: Any) -> Any:
    """A described value, or a dictionary of them, with its numbers all alike."""
    if isinstance(described, list):
        return [_form(one) for one in described]
    if isinstance(described, dict):
        return {
            key: [0] * len(one)
            if key == "numbers"
            else type(one).__name__
            if key == "value"
            else one
            if key == "shape"
            else _form(one)
            for key, one in described.items()
        }
    return described


def _short(described: Any) -> str:
    if described is None:
        return "nothing"
    if "numbers" in described:
        numbers = ", ".join(f"{one:.6g}" for one in described["numbers"][:6])
        return f"{described['dtype']}{described['shape']}({numbers})"
    if "items" in described:
        return f"[{', '.join(_short(one) for one in described['items'][:6])}]"
    if "dict" in described:
        return str({key: _short(one) for key, one in described["dict"].items()})
    return repr(described["value"])
