"""Say how many uses of TensorFlow the op table knows, of those that were counted in some code.

    python -m tools.op_coverage USAGE.tsv

The file has a head and lines of a name (`tf.reduce_mean`), its number of uses and of files. Names
of Keras are left out: `tools.coverage` speaks of them. Printed are the names by use, each as
*mapped* (with code to write instead), *explained* (with what to do, or why it may stay) or
*missing*; and the parts of all uses. The exit code is 1 if fewer than 97 in 100 are known.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

from k3ls.engine import check
from k3ls.knowledge.neighbours import neighbour
from k3ls.knowledge.ops import op, ops, other
from k3ls.knowledge.symbols import canonical
from k3ls.settings import Settings
from k3ls.text import Source

_WANTED = 0.97
# That a package of ops is known says nothing of an op in it.
_GENERAL = frozenset(
    f"tensorflow.{name}"
    for name in (
        "math linalg nn bitwise sets random image signal debugging python python.ops".split()
    )
)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("usage", type=Path)
    options = parser.parse_args()
    uses: Counter[str] = Counter()
    for name, count in counted(options.usage):
        state = state_of(name)
        uses[state] += count
        print(f"{count:6} {state:9} {name}")
    total = uses.total()
    print()
    for state in ("mapped", "explained", "missing"):
        print(f"{state}: {uses[state]} of {total} uses, {100 * uses[state] / total:.1f} in 100")
    names = [row.names[0] for row in ops()]
    distinct = sum(name.startswith("tensorflow.") for name in names)
    print(f"{distinct} TensorFlow ops, {len(names) - distinct} functions of keras.backend")
    return int(total - uses["missing"] < _WANTED * total)


def counted(path: Path) -> list[tuple[str, int]]:
    """The names that are TensorFlow's and their uses, the most used first."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))[1:]
    found = [(name, int(uses)) for name, uses, _ in rows]
    found = [one for one in found if one[0].startswith("tf.") and not _is_of_keras(one[0])]
    return sorted(found, key=lambda one: -one[1])


def state_of(name: str) -> str:
    """What is known of a name as it is written: `mapped`, `explained` or `missing`."""
    qualified = _qualified(name)
    row = op(qualified)
    if row is not None and row.rewrites:
        return "mapped"
    code = f"import tensorflow as tf\nvalue = {name}\n"
    if any(one.fixes for one in check(Source.from_text(code), Settings(select=("K3",))).findings):
        return "mapped"
    beside = other(qualified)
    if beside is not None and beside.name in _GENERAL:
        beside = None
    return "explained" if row or beside or neighbour(qualified) else "missing"


def _qualified(name: str) -> str:
    return name.replace("tf.", "tensorflow.", 1)


def _is_of_keras(name: str) -> bool:
    return canonical(_qualified(name)) is not None and op(_qualified(name)) is None


if __name__ == "__main__":
    sys.exit(main())
