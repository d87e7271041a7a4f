"""Verify the rows of the op table further than `tools.build_ops` does, which wrote their verdicts.

Every case is executed as compiled code too: the TensorFlow op against what the fix makes of it,
in a `tf.function` on TensorFlow and under `jax.jit` on JAX. On torch it is executed eagerly: Keras
compiles nothing there. Ops of one and of two tensors are also tried with shapes and numbers that
Hypothesis draws.

`python -m tools.verify_ops` prints, by backend, how many rows agree, agree up to the dtype, differ
and fail, with every row that doesn't agree, and the kinds of cases that rows lack. It exits with 1
if a row whose fix is safe disagrees where it ran; `--only 'math.*'` takes some of the rows.
"""

from __future__ import annotations

import argparse
import ast
import fnmatch
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from k3ls.knowledge import ops as table
from k3ls.knowledge.ops import BACKENDS, Op
from tools.build_ops import Case, collect, read_rows
from tools.execute import compare, execute, worst

COMPILED = """
def compiled(function):
    import keras
    if keras.backend.backend() == "tensorflow":
        import tensorflow
        return tensorflow.function(function)
    if keras.backend.backend() == "jax":
        import jax
        return jax.jit(function)
    return function
"""
_EXAMPLES = 8


@dataclass
class Run:
    """One piece of code in two versions, and what executing it on each backend showed."""

    row: int
    form: int
    kind: str
    label: str
    of_keras: bool
    before: str
    after: str
    outcomes: dict[str, str]


def compiled_run(row: int, case: Case) -> Run:
    """A case in which both versions are the body of a compiled function of its tensors."""
    before = _compiled(case.before.removesuffix(f"{case.original}\n"), case.original, case.tensors)
    after = _compiled(case.setup, case.fixed, case.tensors)
    return Run(row, case.form, "compiled", case.text, case.of_keras, before, after, {})


def _compiled(setup: str, code: str, tensors: list[str]) -> str:
    lines = code.splitlines()
    imports = [line for line in lines if line.startswith(("import ", "from "))]
    body = "\n".join(line for line in lines if line not in imports)
    given = ", ".join(tensors)
    function = f"def case({given}):\n{textwrap.indent(body, '    ')}\n    return result"
    return "\n".join([setup, *imports, COMPILED, function, f"result = compiled(case)({given})", ""])


def drawn_runs(row: int, case: Case, examples: list[tuple[Any, Any]]) -> Iterator[Run]:
    """A case of one or two whole tensors, with drawn ones in their place."""
    if case.dtype != "float" or set(case.tensors) - {"x", "y"} or not _takes_whole(case.text):
        return
    for x, y in examples:
        values = [
            f"x = np.array({x.tolist()}, 'float32')",
            f"y = np.array({y.tolist()}, 'float32')",
        ]
        texts = []
        for code, convert in (
            (case.before, "tf.constant"),
            (case.after, "keras.ops.convert_to_tensor"),
        ):
            # Behind the samples and before they are made tensors.
            first = f"{case.tensors[0]} = {convert}({case.tensors[0]})"
            texts.append(code.replace(first, "\n".join([*values, first]), 1))
        label = f"{case.text} of shapes {x.shape}, {y.shape}"
        yield Run(row, case.form, "drawn", label, case.of_keras, texts[0], texts[1], {})


def _takes_whole(text: str) -> bool:
    """Whether a case is a call of `x`, or of `x` and `y`, alone."""
    try:
        call = ast.parse(text, mode="eval").body
    except SyntaxError:
        return False
    given = [ast.unparse(one) for one in getattr(call, "args", ())]
    return isinstance(call, ast.Call) and not call.keywords and given in (["x"], ["x", "y"])


def draw() -> list[tuple[Any, Any]]:
    """Pairs of arrays whose shapes can be broadcast to one another."""
    found: list[tuple[Any, Any]] = []
    numbers = st.floats(-4, 4, width=32, allow_subnormal=False)

    @settings(
        max_examples=_EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        deadline=None,
    )
    @given(st.data())
    def collect_one(data: st.DataObject) -> None:
        shapes = data.draw(
            arrays.mutually_broadcastable_shapes(num_shapes=2, min_dims=1, max_dims=3, max_side=3)
        )
        x, y = (
            data.draw(arrays.arrays(np.float32, shape, elements=numbers, fill=st.nothing()))
            for shape in shapes.input_shapes
        )
        found.append((x, y))

    collect_one()
    return found


def run_all(runs: list[Run]) -> None:
    """Execute both versions everywhere and note how they compare."""
    with ThreadPoolExecutor(2) as pool:
        expected = {
            keras2: pool.submit(
                execute,
                [run.before for run in runs if run.of_keras is keras2],
                "tensorflow",
                keras2=keras2,
            )
            for keras2 in (False, True)
        }
        got = {
            backend: pool.submit(execute, [run.after for run in runs], backend)
            for backend in BACKENDS
        }
        answers = {keras2: iter(future.result()) for keras2, future in expected.items()}
        outcomes = {backend: future.result() for backend, future in got.items()}
    for index, run in enumerate(runs):
        before = next(answers[run.of_keras])
        if "error" in before:
            # TensorFlow doesn't take it either.
            continue
        if run.kind == "compiled" and "numbers" not in str(before["result"]):
            # Code that asks of a tensor what it is gives no tensor.
            continue
        for backend in BACKENDS:
            after = outcomes[backend][index]
            if "error" in after:
                run.outcomes[backend] = "fail"
                run.label += f" [{backend}: {after['error'][:120]}]"
            else:
                outcome = compare(before["result"], after["result"])
                # Compiled code makes tensors of Python numbers.
                run.outcomes[backend] = "agree" if outcome == "type" else outcome


def lacking(row: dict[str, Any]) -> Iterator[str]:
    """The kinds of cases that a row hasn't got and its op could have."""
    calls = [
        node
        for text in row.get("cases", ())
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).removeprefix("tf.") in (*row["names"], *_short(row["names"]))
    ]
    if not any(call.args for call in calls):
        yield "positional"
    if not any(call.keywords for call in calls):
        yield "keyword"
    dtypes = row.get("dtypes", ["float", "int"])
    yield from (dtype for dtype in ("float", "int") if dtype not in dtypes)


def _short(names: list[str]) -> list[str]:
    return [name.removeprefix("K.") for name in names]


def _is_safe(op: Op, run: Run) -> bool:
    form = op.rewrites[run.form]
    return form.agrees(None) and not (form.check or op.check)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="*", help="a pattern of names, as K.*")
    options = parser.parse_args()
    stored = {op.names: op for op in table.ops()}
    rows = [row for row in read_rows() if fnmatch.filter(row["names"], options.only)]
    problems: list[str] = []
    data, cases = collect(rows, problems)
    places = {id(row): index for index, row in enumerate(rows)}
    known = [stored[tuple(done["names"])] for done in data["ops"]]
    examples = draw()
    runs: list[Run] = []
    for case in cases:
        index = places[id(case.row)]
        verified = known[index].rewrites[case.form].verified.get(case.dtype, {})
        if case.arrays or known[index].random or not {*verified.values()} <= {"agree", "dtype"}:
            continue
        # Keras's own functions take variables in and give them back.
        if "ref" not in case.row.get("let", {}):
            runs.append(compiled_run(index, case))
        runs += drawn_runs(index, case, examples)
    run_all(runs)

    disagreeing = 0
    by_row: dict[int, list[Run]] = {}
    for run in runs:
        by_row.setdefault(run.row, []).append(run)
    for backend in BACKENDS:
        counted: Counter[str] = Counter()
        for index, own in by_row.items():
            eager = [
                outcomes[backend]
                for form in known[index].rewrites
                for outcomes in form.verified.values()
            ]
            found = worst([*eager, *(run.outcomes[backend] for run in own if run.outcomes)])
            counted[found] += 1
            if found == "agree":
                continue
            bad = [run for run in own if run.outcomes.get(backend) not in (None, "agree")]
            safe = any(_is_safe(known[index], run) for run in bad)
            disagreeing += safe
            print(f"{backend}: {known[index].name}: {found}{', and its fix is safe' * safe}")
            for run in bad[:3]:
                print(f"    {run.kind}: {run.outcomes[backend]}: {run.label}")
        counts = ", ".join(
            f"{counted[one]} {one}" for one in ("agree", "dtype", "type", "differ", "fail")
        )
        print(f"{backend}: of {len(by_row)} rows {counts}")
    gaps: dict[str, list[str]] = {}
    for row in rows:
        if "to" in row or "rewrite" in row:
            for kind in lacking(row):
                gaps.setdefault(kind, []).append(row["names"][0])
    for kind, names in gaps.items():
        print(f"without a case that is {kind}: {' '.join(names)}")
    print(f"{disagreeing} safe rows disagree")
    return int(disagreeing > 0)


if __name__ == "__main__":
    sys.exit(main())
