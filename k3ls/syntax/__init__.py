"""The incremental syntax tree."""

from k3ls.syntax.nodes import argument_nodes, string_value, text, unparenthesized
from k3ls.syntax.tree import Query, SyntaxTree, parse

__all__ = [
    "Query",
    "SyntaxTree",
    "argument_nodes",
    "parse",
    "string_value",
    "text",
    "unparenthesized",
]
