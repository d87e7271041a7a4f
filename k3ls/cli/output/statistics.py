"""A count for each rule, in place of the findings."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TextIO

from k3ls.engine.files import Checked


def write(results: Sequence[Checked], form: str, out: TextIO) -> None:
    counted = Counter(
        (finding.code, finding.name) for result in results for finding in result.findings
    )
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    if form == "json":
        rows = [{"code": code, "name": name, "count": count} for (code, name), count in ordered]
        json.dump(rows, out, indent=2)
        out.write("\n")
        return
    width = len(str(max(counted.values(), default=0)))
    for (code, name), count in ordered:
        out.write(f"{count:>{width}}  {code}  {name}\n")
