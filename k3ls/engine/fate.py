"""What became of a name of Keras 2, in Markdown, and which rules see to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from k3ls.engine.check import check
from k3ls.engine.describe import describe_op, describe_other, parameter, signature, table, wrapped
from k3ls.knowledge.ops import op, ops, other
from k3ls.knowledge.strings import differs, is_unknown, named_by_string, renamed_string
from k3ls.knowledge.symbols import (
    LostMember,
    Parameters,
    Symbol,
    argument_change,
    canonical,
    data,
    lost_members,
    public,
    symbol,
)
from k3ls.rules.registry import rule
from k3ls.rules.rule import Rule
from k3ls.text import Source


@dataclass(frozen=True)
class Fate:
    """What became of a name.

    Attributes:
        text: in Markdown.
        use: a module that uses the name as Keras 2 has it.
    """

    text: str
    use: str

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that find something in the use of the name."""
        found = (rule(one.code) for one in check(Source.from_text(self.use)).findings)
        return tuple(dict.fromkeys(one for one in found if one is not None))

    @property
    def description(self) -> str:
        """The text, and the rules by code and name."""
        if not self.rules:
            return self.text
        names = ", ".join(f"{one.code} {one.name}" for one in self.rules)
        return f"{self.text.rstrip()}\n\nFound by {names}.\n"


def name_fate(qualified: str) -> Fate | None:
    """What became of a function, class, module or value, in any spelling, or of a class's member
    (`keras.optimizers.Adam.lr`); None for what Keras never had."""
    path = canonical(qualified)
    row = op(path or qualified)
    if row is not None:
        return Fate(describe_op(row), _use_of(row.names[0]))
    if path is None:
        beside = other(qualified)
        return None if beside is None else Fate(describe_other(qualified, beside), "")
    found = symbol(path)
    if found is not None:
        return Fate(_text(_symbol(found)), _use_of(qualified))
    meant = public(path)
    if meant is not None:
        package, _, last = path.rpartition(".")
        said = f"`{path}` was never public: the name is `{meant.path}`."
        return Fate(_text([said, *_symbol(meant)]), f"from {package} import {last}\n")
    owner, _, last = path.rpartition(".")
    within = symbol(owner)
    if within is not None and within.kind == "class":
        return member_fate(within.bases, last) or parameter_fate(owner, last)
    if within is not None and within.kind == "function":
        return parameter_fate(owner, last)
    return _private_module(path)


def member_fate(bases: Collection[str], name: str) -> Fate | None:
    """What became of the method or property `name` of a class that is or derives from `bases`;
    None where nothing changed."""
    lost = _lost(bases, name)
    having = [one for one in map(symbol, bases) if one is not None and name in one.methods]
    losing = [path for path in bases if name in data()["symbols"].get(path, {}).get("lost", ())]
    if lost is not None:
        owner = next(path for path in lost.of if path in bases)
        said = f"Keras 3's **`{owner}`** has no `{name}`{_instead(lost)}"
        return Fate(_text([said]), _use_of_member(owner, name))
    if having:
        nearest = max(having, key=lambda one: len(one.bases))
        old, new = nearest.methods[name]
        path = f"{nearest.path}.{name}"
        parts = _signatures(path, path, old[1:], new[1:])
        text = _text([f"**`{path}`** takes other arguments in Keras 3.", *parts])
        return Fate(text, _use_of_member(nearest.path, name))
    if losing:
        return Fate(_text([f"Keras 3's **`{min(losing, key=len)}`** has no `{name}`."]), "")
    return None


def parameter_fate(path: str, name: str) -> Fate | None:
    """What became of the parameter `name` of a function, class or method (`keras.Model.fit`); None
    where it never had one."""
    lists = _both_lists(path)
    if lists is None:
        return None
    at, old, new = lists
    remark = _remark(at, name, dict(old), dict(new))
    listed = name in dict(old) or name in dict(new)
    if remark is None and not listed:
        return None
    said = f"`{name}` of **`{path}`** {remark or 'is the same in Keras 3'}."
    required = [f"{one}=None" for one, default in _plain(old) if default is None and one != name]
    call = f"{path}({', '.join([*required, f'{name}=...'])})"
    return Fate(_text([said, _block(path, old, new)]), f"import keras\n{call}\n")


def string_fate(area: str, value: str) -> Fate | None:
    """What became of a string that Keras looks up; see `k3ls.knowledge.strings`."""
    meant = named_by_string(area, value)
    new = renamed_string(area, value)
    if new is not None:
        said = f"Keras 3 doesn't know the {area} `{value}`: it is `{new}`."
    elif is_unknown(area, value):
        said = f"Keras 3 doesn't know the {area} `{value}`."
    elif differs(area, value):
        said = f"The {area} `{value}` computes something else in Keras 3."
    elif meant is not None:
        said = f"The {area} `{value}` is `{meant.moved or meant.path}` in Keras 3."
    else:
        return None
    function, keyword = "keras.Sequential().compile", "metrics" if area == "metric" else area
    if area in ("activation", "constraint", "initializer", "regularizer"):
        function = "keras.layers.Dense"
        keyword = area if area == "activation" else f"kernel_{area}"
    return Fate(_text([said]), f"import keras\n{function}({keyword}={value!r})\n")


def _text(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def _use_of(path: str) -> str:
    """A module that uses a qualified name."""
    return f"import {path.partition('.')[0]}\n{path}\n"


def _use_of_member(owner: str, name: str) -> str:
    return f"import keras\ndef use(one: {owner}):\n    one.{name}()\n"


def _symbol(found: Symbol) -> Iterator[str]:
    yield _where(found)
    if found.moved is None and found.template is None and found.note:
        yield f"{found.note[0].upper()}{found.note[1:]}."
    if found.check:
        yield f"Check: {found.check}."
    if found.path.startswith("keras.ops."):
        yield _replaces(found.path)
    if found.parameters is None and found.new_parameters is None:
        return
    old, new = _lists(found)
    yield from _signatures(found.path, found.same, old, new)
    if found.kind == "class" and found.keras2 and found.keras3:
        yield _members(found)


def _where(found: Symbol) -> str:
    """Where Keras 3 has a name, and since when."""
    name = f"**`{found.path}`**"
    if found.moved is not None:
        return f"{name} is `{found.moved}` in Keras 3."
    if found.template is not None:
        template = re.sub(r", \*\*\w+", "", found.template)
        written = f"Written as:\n```python\n{wrapped(template)}\n```"
        return f"Keras 3 has no {name}{_kept(found)}. {written}"
    if not found.keras3:
        return f"Keras 3 has no {name}{_kept(found)}."
    since = ""
    if found.releases and found.releases[0] != data()["keras"][0]:
        since = f", since {found.releases[0]} or a little before"
    if not found.keras2:
        return f"{name} is new in Keras 3{since}."
    return f"{name} is there in Keras 3 under the same name{since}."


def _kept(found: Symbol) -> str:
    return "; only TensorFlow's `tf.keras` keeps it" if found.compatibility else ""


def _replaces(target: str) -> str:
    """The ops of TensorFlow whose place a function of Keras 3 takes."""
    lines = []
    for one in ops():
        forms = [f"`{form.template}`" for form in one.rewrites if form.target == target]
        if forms:
            lines.append(f"- `{one.name}`: {' or '.join(forms)}")
    return "\n".join(["It takes the place of:", "", *lines]) if lines else ""


def _lists(found: Symbol) -> tuple[Parameters, Parameters]:
    """The parameters in Keras 2 and in Keras 3."""
    old = found.parameters if found.keras2 else ()
    new = found.new_parameters or found.parameters if found.keras3 else ()
    return old or (), new or ()


def _both_lists(path: str) -> tuple[str, Parameters, Parameters] | None:
    """The parameters of a function, class or method, with the path that its changes go by."""
    found = symbol(path)
    if found is not None:
        return (found.same, *_lists(found)) if found.kind != "module" else None
    owner, _, method = path.rpartition(".")
    within = symbol(owner)
    for base in map(symbol, sorted(within.bases) if within is not None else ()):
        if base is not None and method in base.methods:
            old, new = base.methods[method]
            return f"{base.path}.{method}", old[1:], new[1:]
    return None


def _signatures(path: str, at: str, old: Parameters, new: Parameters) -> Iterator[str]:
    """Both signatures, and a table of what differs."""
    yield _block(path, old, new)
    if not old or not new:
        return
    rows: list[tuple[str, ...]] = [("Keras 2", "Keras 3"), (":--", ":--")]
    changed = data()["arguments"].get(at, {})
    names = [name for name, _ in _plain(old)]
    for name in [*names, *(one for one in sorted(changed) if one not in names)]:
        remark = _remark(at, name, dict(old), dict(new))
        if remark is not None:
            rows.append((f"`{name}`", remark))
    renamed = {one.get("renamed") for one in changed.values()}
    for name, default in _plain(new):
        if name not in names and name not in renamed:
            rows.append(("", f"new: `{parameter(name, default)}`"))
    if len(rows) > 2:
        yield table(rows)
    places = [one for one, _ in _plain(new)]
    common = next(
        (index for index, pair in enumerate(zip(names, places, strict=False)) if len({*pair}) > 1),
        None,
    )
    if common is not None:
        agree = f"up to `{names[common - 1]}`" if common else "nowhere"
        yield f"Their positions agree {agree}: give the others by keyword."


def _block(path: str, old: Parameters, new: Parameters) -> str:
    lines = [signature(path, one) for one in (old, new) if one]
    if not lines:
        return ""
    if len(set(lines)) == 1:
        return f"```python\n{lines[0]}\n```"
    names = [name for name, one in (("Keras 2", old), ("Keras 3", new)) if one]
    marked = [f"# {name}\n{line}" for name, line in zip(names, lines, strict=True)]
    return "\n".join(["```python", *marked, "```"])


def _plain(parameters: Parameters) -> Parameters:
    return tuple(one for one in parameters if not one[0].startswith("*"))


def _remark(
    at: str, name: str, old: dict[str, str | None], new: dict[str, str | None]
) -> str | None:
    """How Keras 3 takes a parameter of Keras 2, None where it takes it as before."""
    change = argument_change(at, name)
    note = f". {change.note.rstrip('.')}" if change is not None and change.note else ""
    if change is not None and change.renamed is not None:
        return f"is `{change.renamed}` in Keras 3{note}"
    if name in new:
        was, now = old.get(name), new[name]
        said = []
        if name in old and was != now:
            said.append(
                f"has the default `{now}` in Keras 3, and had `{was}`"
                if was is not None and now is not None
                else ("must be given" if now is None else f"has a default now, `{now}`")
            )
        if change is not None:
            said += (f"is `{value}` for `{one}`" for one, value in change.values.items())
        if not said:
            return f"is there{note}" if note else None
        return " and ".join(said) + note
    open_ended = any(one.startswith("**") for one in new)
    if change is None and (open_ended or name not in old):
        # It may be taken among the keyword arguments.
        return None
    if change is not None and change.dropped is True:
        return f"is gone from Keras 3 and can be left out{note}"
    return f"is gone from Keras 3{note}"


def _members(found: Symbol) -> str:
    """The members of a class that are gone, or take other arguments; not those of every layer."""
    bases = {*found.bases} - {"keras.layers.Layer"} | {found.path}
    gone = []
    for name in sorted(lost_members()):
        lost = _lost(bases, name)
        if lost is not None and not name.startswith("_"):
            gone.append(f"`{name}`" + (f" (`{lost.renamed}`)" if lost.renamed else ""))
    said = []
    if gone:
        said.append(f"Members that are gone: {', '.join(gone)}.")
    if found.methods:
        changed = ", ".join(f"`{name}`" for name in sorted(found.methods))
        said.append(f"Methods that take other arguments: {changed}.")
    return " ".join(said)


def _lost(bases: Collection[str], name: str) -> LostMember | None:
    for one in lost_members().get(name, ()):
        if any(path in bases for path in one.of) and not any(path in bases for path in one.but):
            return one
    return None


def _instead(lost: LostMember) -> str:
    if lost.renamed is not None:
        return f": it is `{lost.renamed}`."
    if lost.template is not None:
        return f". Written as:\n```python\n{wrapped(lost.template)}\n```"
    return f": {lost.note}." if lost.note else "."


def _private_module(path: str) -> Fate | None:
    """A module that was never public, and where the public names of what it held are."""
    inner = path.removeprefix("keras.").removeprefix("src.")
    rows = data()["symbols"].items()
    held = {
        row.get("same", one)
        for one, row in rows
        if f"{row.get('module', '')}.".startswith(f"{inner}.")
    }
    if not held:
        return None
    names = ", ".join(f"`{one}`" for one in sorted(held))
    said = f"**`{path}`** was never public. Public names of what it held: {names}."
    return Fate(_text([said]), f"import {path}\n")
