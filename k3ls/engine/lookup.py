"""Names of TensorFlow and Keras as a person types them."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from k3ls.engine.fate import Fate, name_fate
from k3ls.knowledge.ops import ops, short_name
from k3ls.knowledge.symbols import canonical, data, lost_members, symbol

_FULL = {"tf": "tensorflow", "K": "keras.backend", "ops": "keras.ops"}


def look_up(name: str) -> list[Fate]:
    """What became of all that a name can mean.

    That is an op, a public Keras name in any spelling (`tf.keras.layers.Dense`), the end of one
    (`Dense`), a member (`Adam.lr`, `fit_generator`), or a module that was private (`np_utils`).
    """
    if not all(part.isidentifier() for part in name.split(".")):
        return []
    first, dot, rest = name.partition(".")
    fate = name_fate(_FULL.get(first, first) + dot + rest)
    if fate is not None:
        return [fate]
    found = (name_fate(one) for one in dict.fromkeys(_meanings(name)))
    return list({one.text: one for one in found if one is not None}.values())


def close_to(name: str) -> list[str]:
    """Names that are spelled like an unknown one, the closest first."""
    known = [short_name(full) for one in ops() for full in one.names]
    known += data()["symbols"]
    known += (f"{row.of[0]}.{member}" for member, rows in lost_members().items() for row in rows)
    by_last = {one.rpartition(".")[2]: one for one in reversed(known)}
    last = name.rpartition(".")[2]
    close = get_close_matches(canonical(name) or name, known) if "." in name else []
    return close or [by_last[one] for one in get_close_matches(last, by_last)]


def _meanings(name: str) -> Iterator[str]:
    """The qualified names that end with `name`."""
    for one in ops():
        yield from (full for full in one.names[:1] if _ends(one.names, name))
    yield from _symbols(name)
    owner, _, member = name.rpartition(".")
    if owner:
        yield from (f"{path}.{member}" for path in _symbols(owner))
        return
    for row in lost_members().get(name, ()):
        yield f"{row.of[0]}.{name}"
    for path, row in data()["symbols"].items():
        if name in row.get("methods", ()):
            yield f"{path}.{name}"
        parts = row.get("module", "").split(".")
        if name in parts:
            yield ".".join(["keras", *parts[: parts.index(name) + 1]])


def _ends(names: tuple[str, ...], end: str) -> bool:
    return any(one.endswith(f".{end}") for one in names)


def _symbols(end: str) -> Iterator[str]:
    """The public names that end so, each object by its shortest name."""
    for path in data()["symbols"]:
        found = symbol(path) if path.endswith(f".{end}") else None
        if found is not None:
            shortest = symbol(found.same)
            yield path if shortest is None or not found.same.endswith(f".{end}") else found.same
