"""Print a sample of findings on published code, to be read one by one.

The code is that of the packages named in a file, one `name==version` a line (pinned source
distributions, as `tools.sources` fetches them), and of the TensorFlow models of transformers. The
sample takes a finding of each rule in turn, so that rare rules are read as well as frequent ones.

    python -m tools.sample_findings packages.txt --seed 1 --count 200 > sample.md
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from pathlib import Path

from k3ls.engine import check
from k3ls.engine.project import Project
from k3ls.rules.finding import Applicability, Finding
from k3ls.text import Source, apply_edits
from tools.sources import cache, fetch, transformers_models

_CONTEXT = 8  # lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", type=Path, help="one `name==version` a line")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    files = list(_files(options.packages.read_text("utf-8").splitlines()))
    by_rule: dict[str, list[tuple[Path, Finding]]] = {}
    others = Project()
    for path in files:
        source = Source.from_bytes(path.read_bytes())
        for finding in check(source, filename=str(path), others=others).findings:
            by_rule.setdefault(finding.code, []).append((path, finding))
    chooser = random.Random(options.seed)
    for found in by_rule.values():
        chooser.shuffle(found)
    total = sum(map(len, by_rule.values()))
    print(f"{options.count} of {total} findings, in {len(files)} files, seed {options.seed}\n")
    turns = chain.from_iterable(zip_longest(*(by_rule[code] for code in sorted(by_rule))))
    chosen = [one for one in turns if one is not None][: options.count]
    for number, (path, finding) in enumerate(chosen, 1):
        print(_described(number, path, finding))
    return 0


def _files(lines: Iterable[str]) -> Iterator[Path]:
    for line in lines:
        requirement = line.partition("#")[0].split()
        if requirement:
            yield from sorted(fetch(requirement[0], source=True).rglob("*.py"))
    yield from transformers_models()


def _described(number: int, path: Path, finding: Finding) -> str:
    source = Source.from_bytes(path.read_bytes())
    line = source.lines.line_of(finding.start)
    lines = source.text.splitlines()
    first = max(line - _CONTEXT, 0)
    shown = [
        f"{'>' if index == line else ' '} {index + 1:5} {lines[index]}"
        for index in range(first, min(line + _CONTEXT, len(lines)))
    ]
    head = f"## {number}. {finding.code} {finding.name} {path.relative_to(cache())}:{line + 1}"
    parts = [head, finding.message, "```\n" + "\n".join(shown) + "\n```"]
    for fix in finding.fixes:
        fixed = apply_edits(source.data, fix.edits).decode("utf-8", "replace").splitlines()
        added = [one for one in fixed if one not in set(lines)][:12]
        parts.append(f"{Applicability(fix.applicability).name}: {fix.title}")
        parts.append("```\n" + "\n".join(added) + "\n```")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.exit(main())
