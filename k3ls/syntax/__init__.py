"""The incremental syntax tree."""

from k3ls.syntax.nodes import (
    argument_nodes,
    error_count,
    nodes_of,
    string_value,
    text,
    unparenthesized,
)
from k3ls.syntax.tree import Query, SyntaxTree, parse

__all__ = [
    "Query",
    "SyntaxTree",
    "argument_nodes",
    "error_count",
    "nodes_of",
    "parse",
    "string_value",
    "text",
    "unparenthesized",
]
