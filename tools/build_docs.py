"""Write the rules' pages in docs/rules from their docstrings: `python -m tools.build_docs`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from k3ls.rules.registry import rules

FOLDER = Path(__file__).parent.parent / "docs/rules"


def pages() -> dict[str, str]:
    """The text of every page by file name."""
    made = {}
    lines = ["# Rules", "", "| code | rule | severity | |", "|---|---|---|---|"]
    for rule in rules():
        title, _, body = rule.documentation.strip().partition("\n")
        made[f"{rule.name}.md"] = f"# {rule.name} ({rule.code})\n\n{title}\n{body.rstrip()}\n"
        link = f"[{rule.name}]({rule.name}.md)"
        lines.append(f"| {rule.code} | {link} | {rule.severity.value} | {rule.summary} |")
    made["README.md"] = "\n".join(lines) + "\n"
    return made


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on a change")
    options = parser.parse_args()
    made = pages()
    there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    if options.check:
        return int(made != there)
    for name in there.keys() - made.keys():
        (FOLDER / name).unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
