"""conda's `environment.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import tree_sitter
import tree_sitter_yaml
from tree_sitter import Node

from k3ls.dependencies.parts import conda_parts
from k3ls.dependencies.project_file import Reading
from k3ls.dependencies.requirement import Neighbour
from k3ls.syntax import error_count, nodes_of
from k3ls.text import Source

_SCALARS = frozenset(("plain_scalar", "single_quote_scalar", "double_quote_scalar"))


def read(found: Reading) -> None:
    root = _parser().parse(found.data).root_node
    for node in nodes_of(root, "comment"):
        found.comments.append((node.start_byte, (node.text or b"").decode("latin-1")))
    for document in root.children:
        for key, value, pair in _pairs(document):
            if key == "dependencies":
                _dependencies(found, value)
            elif key == "variables":
                _variables(found, value, pair)


def errors(source: Source) -> int:
    return error_count(_parser().parse(source.data).root_node)


def _dependencies(found: Reading, value: Node) -> None:
    for item, neighbour in _items(found, value):
        place = _scalar(item)
        if place is None:
            for key, packages, _ in _pairs(item):
                if key == "pip":
                    _pip(found, packages)
            continue
        parts = conda_parts(found.data[slice(*place)])
        if parts is None:
            found.complete = False
        else:
            found.add(parts, place[0], "dependencies", main=True, neighbour=neighbour, conda=True)


def _pip(found: Reading, packages: Node) -> None:
    for item, neighbour in _items(found, packages):
        place = _scalar(item)
        if place is None:
            continue
        found.require(
            place[0],
            found.data[slice(*place)],
            "dependencies.pip",
            main=True,
            neighbour=neighbour,
        )


def _variables(found: Reading, value: Node, around: Node) -> None:
    pairs = list(_pairs(value))
    for key, written, pair in pairs:
        place = _scalar(written)
        if place is not None:
            # Without its last entry the mapping would be nothing.
            whole = around if len(pairs) == 1 else pair
            found.set_variable(
                key,
                found.data[slice(*place)].decode("latin-1"),
                pair.start_byte,
                pair.end_byte,
                (whole.start_byte, whole.end_byte),
            )


def _pairs(node: Node) -> Iterator[tuple[str, Node, Node]]:
    """The keys and values of the mapping that a node is, each with its pair."""
    for mapping in _inside(node, "block_mapping", "flow_mapping"):
        for pair in mapping.named_children:
            key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and value is not None:
                yield (key.text or b"").decode("latin-1").strip("\"'"), value, pair


def _items(found: Reading, node: Node) -> Iterator[tuple[Node, Neighbour | None]]:
    """The items of the sequence that a node is, each with the place before it."""
    for sequence in _inside(node, "block_sequence"):
        for item in sequence.named_children:
            if item.type == "block_sequence_item" and item.named_children:
                own_line = found.indent(item.start_byte) is not None
                place = found.before(item.start_byte, "- ", "") if own_line else None
                yield item.named_children[-1], place
    for sequence in _inside(node, "flow_sequence"):
        for item in sequence.named_children:
            yield item, found.before(item.start_byte, "", ",")


def _inside(node: Node, *types: str) -> list[Node]:
    """The nodes of these types that a node consists of."""
    if node.type in types:
        return [node]
    if node.type not in ("document", "block_node", "flow_node"):
        return []
    return [one for child in node.named_children for one in _inside(child, *types)]


def _scalar(node: Node) -> tuple[int, int] | None:
    """Where the text of a scalar is, without quotes; None for other nodes."""
    for child in node.named_children if node.type == "flow_node" else ():
        if child.type in _SCALARS and b"\\" not in (child.text or b""):
            quote = child.type != "plain_scalar"
            return child.start_byte + quote, child.end_byte - quote
    return None


@cache
def _parser() -> tree_sitter.Parser:
    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_yaml.language()))
