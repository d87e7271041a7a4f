"""`k3ls op`: how an op of TensorFlow, or of the Keras 2 backend, is written for Keras 3."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from difflib import get_close_matches

from k3ls.cli.arguments import UsageError
from k3ls.cli.markdown import show
from k3ls.engine.describe import describe_op
from k3ls.knowledge.ops import Op, op, ops, short_name
from k3ls.knowledge.symbols import canonical

_FULL = {"tf": "tensorflow", "K": "keras.backend", "ops": "keras.ops"}


def run(options: Namespace) -> int:
    rows = _rows(options.name)
    if rows:
        show("\n".join(describe_op(row) for row in rows))
        return 0
    target = _qualified(options.name)
    sources = [one for one in ops() if target in (form.target for form in one.rewrites)]
    if not sources:
        raise UsageError(f"no op is known by the name {options.name}{_hint(options.name)}")
    show(_sources(target, sources))
    return 0


def _rows(name: str) -> list[Op]:
    """The ops of a name; one without a prefix can be that of several."""
    if "." in name:
        found = op(_qualified(name))
        return [] if found is None else [found]
    return [one for one in ops() if any(full.endswith(f".{name}") for full in one.names)]


def _qualified(name: str) -> str:
    first, dot, rest = name.partition(".")
    full = _FULL.get(first, first) + dot + rest
    return canonical(full) or full


def _sources(target: str, sources: Sequence[Op]) -> str:
    lines = [f"**`{target}`** takes the place of:", ""]
    for one in sources:
        forms = " or ".join(f"`{form.template}`" for form in one.rewrites if form.target == target)
        lines.append(f"- `{one.name}`: {forms}")
    return "\n".join(lines) + "\n"


def _hint(name: str) -> str:
    known = [short_name(full) for one in ops() for full in one.names]
    known += [form.target for one in ops() for form in one.rewrites]
    by_last = {one.rpartition(".")[2]: one for one in reversed(known)}
    close = get_close_matches(name, known) or [
        by_last[last] for last in get_close_matches(name.rpartition(".")[2], by_last)
    ]
    return f"; close to it: {', '.join(dict.fromkeys(close))}" if close else ""
