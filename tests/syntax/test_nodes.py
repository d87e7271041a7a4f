"""Small questions about single nodes."""

from __future__ import annotations

import warnings

import pytest
from tree_sitter import Node

from k3ls.syntax import argument_nodes, parse, string_value, text, unparenthesized


def expression(source: str) -> Node:
    """The expression that the source's first statement is."""
    return parse(source.encode()).root.named_children[0].named_children[0]


@pytest.mark.parametrize(
    ("call", "arguments"),
    [
        ("f()", []),
        ("f(a, *b, c=1, **d)", ["a", "*b", "c=1", "**d"]),
        ("f(\n    a,  # one\n    # two\n    b,\n)", ["a", "b"]),
        ("f(a, \\\n  b)", ["a", "b"]),
        ("f(x for x in y)", ["(x for x in y)"]),
        ("f((x for x in y), 1)", ["(x for x in y)", "1"]),
        ("f((yield))", ["(yield)"]),
    ],
)
def test_arguments(call: str, arguments: list[str]) -> None:
    node = expression(call).child_by_field_name("arguments")
    assert node is not None
    assert [text(argument) for argument in argument_nodes(node)] == arguments


@pytest.mark.parametrize(
    ("source", "inner"),
    [
        ("x", "x"),
        ("(x)", "x"),
        ("((x))", "x"),
        ("(  # why\n  x\n)", "x"),
        ("(x, y)", "(x, y)"),
        ("()", "()"),
        ("((x).y)", "(x).y"),
        ("(x)(y)", "(x)(y)"),
    ],
)
def test_unparenthesized(source: str, inner: str) -> None:
    assert text(unparenthesized(expression(source))) == inner


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("'same'", "same"),
        ('"""a\nb"""', "a\nb"),
        (r"'\x41\n'", "A\n"),
        (r"r'\d'", r"\d"),
        (r"'\d'", r"\d"),
        ("'é😀'", "é😀"),
        ("'a' \"b\"", "ab"),
        ("('a'  # one\n    'b'\n)", "ab"),
        ("''", ""),
        ("b'a'", None),
        ("f'a'", None),
        ("f'{x}'", None),
        ("'a' f'{x}'", None),
        (r"'\N{no such name}'", None),
        ("x", None),
        ("1", None),
        ("'a' + 'b'", None),
    ],
)
def test_string_value(source: str, value: str | None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert string_value(unparenthesized(expression(source))) == value


def test_text_of_a_node() -> None:
    assert text(expression("(é😀)\r")) == "(é😀)"
