"""Small questions about single nodes."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator

from tree_sitter import Node

_EXTRAS = frozenset(("comment", "line_continuation"))


def text(node: Node) -> str:
    """The source of `node`."""
    source = node.text
    return source.decode("utf-8", "replace") if source is not None else ""


def argument_nodes(arguments: Node) -> list[Node]:
    """The arguments of an `argument_list`, or the parts of another node: comments left out.

    A generator expression that is a call's only argument has no list around it.
    """
    if arguments.type == "generator_expression":
        return [arguments]
    return [child for child in arguments.named_children if child.type not in _EXTRAS]


def unparenthesized(node: Node) -> Node:
    """The expression inside any parentheses around it."""
    while node.type == "parenthesized_expression":
        inner = argument_nodes(node)
        if len(inner) != 1:
            break
        node = inner[0]
    return node


def string_value(node: Node) -> str | None:
    """The value of a string literal that is known without running it, None for another node."""
    if node.type not in ("string", "concatenated_string"):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # The parts of a concatenated string may stand on lines of their own.
            value = ast.literal_eval(f"({text(node)})")
    except (ValueError, SyntaxError):
        return None
    return value if isinstance(value, str) else None


def nodes_of(root: Node, type: str) -> Iterator[Node]:
    """The nodes of a type at and below `root`, in the order of the text."""
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type == type:
            yield node
        stack += reversed(node.children)


def error_count(root: Node) -> int:
    """How many errors there are at and below `root`."""
    count = 0
    stack = [root]
    while stack:
        node = stack.pop()
        if node.has_error:
            count += node.is_error or node.is_missing
            stack += node.children
    return count
