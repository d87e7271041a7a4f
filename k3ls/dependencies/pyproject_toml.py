"""`pyproject.toml`: the standard's lists, and those of Poetry, uv, PDM, Hatch and pixi."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache

import tree_sitter
import tree_sitter_toml
from tree_sitter import Node

from k3ls.dependencies.parts import Parts, clauses_of, normalized
from k3ls.dependencies.project_file import Reading
from k3ls.syntax import error_count, nodes_of
from k3ls.text import Source

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_Keys = tuple[str, ...]

_MOST_KEYS = 12

# Tables of environment variables, by the last part of their names.
_ENVIRONMENTS = {"env", "env-vars", "environment", "pytest_env", "set_env", "setenv"}


def read(found: Reading) -> None:
    root = _parser().parse(found.data).root_node
    for node in nodes_of(root, "comment"):
        found.comments.append((node.start_byte, (node.text or b"").decode("latin-1")))
    for keys, pair in _pairs(root, ()):
        value = pair.named_children[-1]
        if _is_list(keys):
            _list(found, keys, value)
        elif keys[-2:-1] and keys[-2] in _ENVIRONMENTS:
            _variable(found, keys[-1], pair, value)
        elif keys[-1] in _ENVIRONMENTS:
            _variable_list(found, value)
        else:
            _table_entry(found, keys, pair, value)


def errors(source: Source) -> int:
    count = error_count(_parser().parse(source.data).root_node)
    try:
        tomllib.loads(source.text)
    except (tomllib.TOMLDecodeError, RecursionError):
        count += 1
    return count


def _is_list(keys: _Keys) -> bool:
    """Whether these keys lead to a list of requirements."""
    match keys:
        case (
            ("project", "dependencies")
            | ("build-system", "requires")
            | ("project", "optional-dependencies", _)
            | ("dependency-groups", _)
            | (
                "tool",
                "uv",
                "dev-dependencies" | "constraint-dependencies" | "override-dependencies",
            )
            | ("tool", "pdm", "dev-dependencies", _)
            | ("tool", "hatch", "envs", _, "dependencies" | "extra-dependencies")
        ):
            return True
    return False


def _list(found: Reading, keys: _Keys, value: Node) -> None:
    for item in value.named_children if value.type == "array" else ():
        place = _string(item)
        if place is not None:
            quote = found.data[item.start_byte : place[0]].decode()
            found.require(
                place[0],
                found.data[slice(*place)],
                ".".join(keys),
                main=keys == ("project", "dependencies"),
                neighbour=found.before(item.start_byte, quote, f"{quote},"),
            )


def _table_entry(found: Reading, keys: _Keys, pair: Node, value: Node) -> None:
    """`keras = "^2.4"` and `keras = {version = "^2.4"}`."""
    match keys:
        case ("tool", "poetry", "dependencies", _):
            main = True
        case ("tool", "poetry", "dev-dependencies", _) | (
            "tool",
            "poetry",
            "group",
            _,
            "dependencies",
            _,
        ):
            main = False
        case ("tool", "pixi", *between, "dependencies" | "pypi-dependencies", _):
            main = not between
        case ("tool", "poetry", *_, "dependencies", _, _):
            if pair.parent is not None and pair.parent.type != "inline_table":
                _own_table(found, keys, pair, value)
            return
        case _:
            return
    place = _string(value)
    if value.type == "inline_table":
        inside = {keys: one.named_children[-1] for keys, one in _pairs(value, ())}
        version, optional = inside.get(("version",)), inside.get(("optional",))
        place = _string(version) if version is not None else None
        main = main and (optional is None or optional.text != b"true")
    elif place is None:
        return
    key = pair.named_children[0]
    if key.type != "bare_key":
        return
    clauses = clauses_of(found.data[slice(*place)].decode("latin-1")) if place else None
    start, end = key.start_byte, key.end_byte
    specifier = place or (end, end)
    parts = Parts(
        normalized(keys[-1]),
        clauses,
        0,
        end - start,
        (specifier[0] - start, specifier[1] - start),
        pair.end_byte - start,
    )
    neighbour = None
    if found.indent(start) is not None and place is not None:
        neighbour = found.before(start, "", '"', ' = "')
    found.add(
        parts,
        start,
        ".".join(keys[:-1]),
        main=main,
        neighbour=neighbour,
        conda=keys[1] == "pixi" and keys[-2] == "dependencies",
    )


def _own_table(found: Reading, keys: _Keys, pair: Node, value: Node) -> None:
    """`version = "^2.4"` in a `[tool.poetry.dependencies.keras]`, which has its name elsewhere."""
    place = _string(value)
    if keys[-1] != "version" or place is None:
        found.complete = False
        return
    start = pair.start_byte
    clauses = clauses_of(found.data[slice(*place)].decode("latin-1"))
    specifier = (place[0] - start, place[1] - start)
    parts = Parts(normalized(keys[-2]), clauses, 0, 0, specifier, pair.end_byte - start)
    found.add(parts, start, ".".join(keys[:-2]), main=False, neighbour=None)


def _variable(found: Reading, name: str, pair: Node, value: Node) -> None:
    place = _string(value)
    if place is None and value.type in ("integer", "boolean"):
        place = value.start_byte, value.end_byte
    if place is not None and pair.parent is not None:
        written = found.data[slice(*place)].decode("latin-1")
        found.set_variable(name, written, pair.start_byte, pair.end_byte)


def _variable_list(found: Reading, value: Node) -> None:
    """`env = ["NAME=value"]`, as pytest-env has it."""
    for item in value.named_children if value.type == "array" else ():
        place = _string(item)
        if place is not None:
            name, equals, written = found.data[slice(*place)].decode("latin-1").partition("=")
            if equals:
                name = name.rpartition(":")[2].strip()
                found.set_variable(name, written.strip(), item.start_byte, item.end_byte)


def _pairs(node: Node, above: _Keys) -> Iterator[tuple[_Keys, Node]]:
    """The pairs of a table, with all the keys that lead to them."""
    for child in node.named_children:
        if child.type in ("table", "table_array_element") and child.named_children:
            yield from _pairs(child, _keys(child.named_children[0]))
        elif child.type == "pair" and len(child.named_children) >= 2:
            keys = (*above, *_keys(child.named_children[0]))
            yield keys, child
            if child.named_children[-1].type == "inline_table" and len(keys) < _MOST_KEYS:
                yield from _pairs(child.named_children[-1], keys)


def _keys(node: Node) -> _Keys:
    if node.type == "dotted_key":
        return tuple(key for child in node.named_children for key in _keys(child))
    return ((node.text or b"").decode("latin-1").strip("\"'"),)


def _string(node: Node) -> tuple[int, int] | None:
    """Where the text of a string on one line is, without quotes; None for other nodes."""
    written = node.text or b""
    if node.type != "string" or b"\\" in written or written[:3] in (b'"""', b"'''"):
        return None
    return node.start_byte + 1, node.end_byte - 1


@cache
def _parser() -> tree_sitter.Parser:
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))
