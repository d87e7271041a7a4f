"""The tree: of broken code, after edits, of texts with any line ends, and its syntax errors."""

from __future__ import annotations

import ast
from itertools import pairwise

import pytest
import tree_sitter
from hypothesis import given
from hypothesis import strategies as st

from k3ls.syntax import Query, SyntaxTree, parse, text
from k3ls.syntax.tree import python_syntax_error
from k3ls.text import Edit
from tests.syntax.standard_library import SHARES, share

FUNCTIONS = Query("(function_definition name: (identifier) @name)")


def functions(tree: SyntaxTree) -> list[str]:
    names = FUNCTIONS.captures(tree.root).get("name", [])
    return [text(name) for name in sorted(names, key=lambda name: name.start_byte)]


def outline(tree: SyntaxTree) -> list[tuple[object, ...]]:
    """Every node with its type and place, in the order of the text."""
    found: list[tuple[object, ...]] = []
    stack = [tree.root]
    while stack:
        node = stack.pop()
        place = (node.start_byte, node.end_byte, *node.start_point, *node.end_point)
        found.append((node.type, node.is_missing, *place))
        stack += reversed(node.children)
    return found


# Broken code

AROUND = "def before(x):\n    return x\n\n{}\ndef after(y):\n    return y\n"


@pytest.mark.parametrize(
    "broken",
    [
        "x = \n",
        "x = 'abc\n",
        "if x\n    y\n",
        "for in y:\n    pass\n",
        "import \n",
        "from tensorflow import\n",
        "@\n",
        "x = )\n",
        "return = 3\n",
        "x = 5 5\n",
        "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> branch\n",
        "é€ ~~ ?\n",
    ],
)
def test_functions_around_a_break_are_found(broken: str) -> None:
    tree = parse(AROUND.format(broken).encode())
    assert {"before", "after"} <= set(functions(tree))
    error = tree.syntax_error()
    assert error is not None
    assert error[0] >= 4


@pytest.mark.parametrize("broken", ["x = tf.\n", "x = f(\n", "x = [1, 2\n", "class :\n    pass\n"])
def test_what_stands_before_a_break_is_found(broken: str) -> None:
    """What follows it at the same level may be taken for a part of it: `x = tf.` goes on there."""
    assert "before" in functions(parse(AROUND.format(broken).encode()))
    inside = f"def outer(z):\n    {broken}    return z\n\n"
    assert functions(parse(AROUND.format(inside).encode()))[:2] == ["before", "outer"]


# Edits

PIECES = (
    "def f(x):\n    return x\n",
    "class A(B):\n    def m(self):\n        self.x = 1\n",
    "if x:\n    y\nelse:\n    z\n",
    "for i in x:\n        pass\n",
    "match x:\n    case 1:\n        pass\n",
    "import tensorflow as tf\n",
    "x = '''a\nb'''\n",
    "x = f'{y!r:>{z}}'\n",
    "x = (1,\n  2)\n",
    "x = 1 + \\\n  2  # é\n",
    "@d\n",
    "# c\r",
    "\r\n",
    "\r",
    "\n",
    "    ",
    "\t",
    "\f",
    "\0",
    "'",
    '"""',
    "(",
    "]",
    "{",
    ":",
    "=",
    ",",
    "\\\n",
    "é",
    "😀",
    "print ",
    "lambda: 0",
)
STATEMENTS = PIECES[:10]


def applied(data: bytes, edits: list[Edit]) -> bytes:
    for edit in edits:
        data = data[: edit.start] + edit.text.encode() + data[edit.end :]
    return data


@st.composite
def edited_texts(draw: st.DrawFn, pieces: tuple[str, ...]) -> tuple[bytes, list[list[Edit]]]:
    """A text and rounds of edits, each edit at the offsets that the one before it left."""
    data = "".join(draw(st.lists(st.sampled_from(pieces), max_size=12))).encode()
    rounds, now = [], data
    for _ in range(draw(st.integers(1, 4))):
        edits = []
        for _ in range(draw(st.integers(1, 2))):
            characters = now.decode()
            start = draw(st.integers(0, len(characters)))
            end = min(len(characters), start + draw(st.sampled_from([0, 0, 1, 2, 15])))
            new = "".join(draw(st.lists(st.sampled_from(PIECES), max_size=3)))
            edit = Edit(len(characters[:start].encode()), len(characters[:end].encode()), new)
            edits.append(edit)
            now = applied(now, [edit])
        rounds.append(edits)
    return data, rounds


@given(edited_texts(PIECES))
def test_an_edited_tree_is_the_tree_of_the_edited_text(
    case: tuple[bytes, list[list[Edit]]],
) -> None:
    """Where the text has an error, tree-sitter may recover from it in another way when it parses
    incrementally; it does so a few times in 100,000. It always sees that there is an error."""
    data, rounds = case
    tree = parse(data)
    for edits in rounds:
        data = applied(data, edits)
        tree = tree.edited(data, edits)
        fresh = parse(data)
        assert tree.data == data
        assert tree.root.has_error == fresh.root.has_error
        assert tree.root.end_byte == fresh.root.end_byte
        if not fresh.root.has_error:
            assert outline(tree) == outline(fresh)


@given(edited_texts(STATEMENTS))
def test_a_broken_text_that_is_mended_has_its_tree_again(
    case: tuple[bytes, list[list[Edit]]],
) -> None:
    data, rounds = case
    whole = parse(data)
    assert not whole.root.has_error
    tree, broken = whole, data
    backwards: list[Edit] = []
    for edits in rounds:
        for edit in edits:
            lost = broken[edit.start : edit.end].decode()
            backwards.append(Edit(edit.start, edit.start + len(edit.text.encode()), lost))
            broken = applied(broken, [edit])
        tree = tree.edited(broken, edits)
    for edit in reversed(backwards):
        broken = applied(broken, [edit])
        tree = tree.edited(broken, [edit])
    assert broken == data
    assert outline(tree) == outline(whole)


@pytest.mark.parametrize(
    ("before", "edit"),
    [
        ("x # c\ry = 1\n", Edit(6, 6, "\n")),
        ("x # c\r\ny = 1\n", Edit(6, 7, "")),
        ("x # c\r\ny = 1\n", Edit(6, 6, " ")),
        ("# c\r", Edit(4, 4, "\n")),
        ("# c\r d", Edit(4, 6, "\n")),
        ("'''a\r\nb'''\r\n# c\r\n", Edit(4, 5, "")),
    ],
)
def test_a_carriage_return_means_another_thing_before_a_newline(before: str, edit: Edit) -> None:
    data = applied(before.encode(), [edit])
    assert outline(parse(before.encode()).edited(data, [edit])) == outline(parse(data))


DEFINITIONS = "def f():\n    xyz = 1\n\ndef g():\n    y = 2\n"


@pytest.mark.parametrize(
    ("edits", "changed"),
    [
        ([], []),
        ([Edit(4, 5, "fff")], ["fff"]),
        ([Edit(19, 20, "'a'")], ["'a'"]),
        ([Edit(20, 20, "  # c")], ["  # c"]),
        ([Edit(14, 15, "")], [""]),
        ([Edit(19, 20, "10"), Edit(40, 41, "20")], ["10", "20"]),
        ([Edit(39, 40, "20"), Edit(19, 20, "10")], ["10", "20"]),
        ([Edit(13, 16, "abc"), Edit(14, 15, "")], ["ac"]),
        ([Edit(8, 8, "\n    z = 3")], ["\n    z = 3\n    xyz = 1"]),
    ],
)
def test_changed_ranges(edits: list[Edit], changed: list[str]) -> None:
    tree = parse(DEFINITIONS.encode())
    data = applied(tree.data, edits)
    newer = tree.edited(data, edits)
    ranges = tree.changed_ranges(newer)
    assert [data[start:end].decode() for start, end in ranges] == changed


@given(edited_texts(PIECES))
def test_changed_ranges_cover_the_edits(case: tuple[bytes, list[list[Edit]]]) -> None:
    data, rounds = case
    tree = parse(data)
    for edits in rounds:
        newer = tree.edited(applied(tree.data, edits), edits)
        ranges = tree.changed_ranges(newer)
        assert all(0 <= start <= end <= len(newer.data) for start, end in ranges)
        assert all(one[1] < other[0] for one, other in pairwise(ranges))
        # Text that isn't in a range is the same before the first and behind the last.
        first, last = ranges[0][0], len(newer.data) - ranges[-1][1]
        assert newer.data[:first] == tree.data[:first]
        assert last == 0 or newer.data[-last:] == tree.data[-last:]
        start, end = edits[-1].start, edits[-1].start + len(edits[-1].text.encode())
        assert any(one <= start and end <= other for one, other in ranges)
        tree = newer


# Line ends

ENDINGS = "def f():  # c\n    x = '''a\nb'''\n    return (1,\n  2)\n\nif y:\n    z\n"


def test_a_lone_carriage_return_ends_a_line() -> None:
    assert outline(parse(ENDINGS.replace("\n", "\r").encode())) == outline(parse(ENDINGS.encode()))


def test_line_ends_make_no_other_tree() -> None:
    for _, source in share(0)[::10]:
        expected = str(parse(source.data).root)
        for ending in (b"\r\n", b"\r"):
            assert str(parse(source.data.replace(b"\n", ending)).root) == expected


# Syntax errors


@pytest.mark.parametrize("number", range(SHARES))
def test_syntax_errors_of_the_standard_library(number: int) -> None:
    """Python agrees with every error that is told."""
    for path, source in share(number):
        if parse(source.data).syntax_error() is not None:
            with pytest.raises((SyntaxError, ValueError)):
                compile(source.to_bytes(), str(path), "exec", dont_inherit=True)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = (\n", 1),
        ("x = 1\ny = )\n", 2),
        ("x = 1\r\n\r\ny = )\r\n", 3),
        ("x = 1\r\ry = )\r", 3),
        ("def f():\n    pass\n\nclass A\n    pass\n", 4),
        ("x = '''\n\n\n", 1),
        ("x = 'é😀\ny = 1\n", 1),
        ("é = 1\nx = $\n", 2),
        ("x = 1\n\0\n", None),
        ("from a import (b\n", 1),
        ("f(x for x in y, 1\n", 1),
    ],
)
def test_a_syntax_error_has_a_line(source: str, line: int | None) -> None:
    error = parse(source.encode()).syntax_error()
    assert error is not None
    found, message = error
    assert message
    assert found == line or line is None


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\n",
        "x = 1",
        "\fx = 1\n",
        "match = case = type = 1\n",
        "print = exec = 1\nprint(exec)\n",
        # tree-sitter takes these for errors.
        "def f():\n    return (a +\nb)\n",
        "def f():\n    (a.\nb)\n",
    ],
)
def test_no_syntax_error(source: str) -> None:
    ast.parse(source)
    assert parse(source.encode()).syntax_error() is None


def test_half_a_surrogate_pair_is_only_text() -> None:
    assert python_syntax_error("x = '\ud83d'\n".encode("utf-8", "surrogatepass")) is None


DEEP = 10_000


@pytest.mark.parametrize(
    ("source", "is_error"),
    [
        ("(" * DEEP, True),
        (")" * DEEP, True),
        ("[{(" * DEEP, True),
        ("x = " + "(" * DEEP + ")" * DEEP, False),
        ("x = " + "[" * DEEP + "]" * DEEP, False),
        ("x = " + "f(" * DEEP + ")" * DEEP, False),
        ("x = " + "-" * DEEP + "1", False),
        ("x = " + "not " * DEEP + "1", False),
        ("x = " + "lambda: " * DEEP + "1", False),
        ("x = a" + ".b" * DEEP, False),
        ("x = a" + ".b()" * DEEP, False),
        ("x = " + "1 + " * DEEP + "1", False),
        ("if a: b\n" + "elif a: b\n" * DEEP, False),
        ("'" * 6 * DEEP, False),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
@pytest.mark.timeout(20)
def test_deep_nesting(source: str, is_error: bool) -> None:
    tree = parse(source.encode())
    assert (tree.syntax_error() is not None) == is_error
    middle = len(source) // 2
    edit = Edit(middle, middle, "x")
    edited = tree.edited(applied(tree.data, [edit]), [edit])
    assert edited.root.end_byte == len(source) + 1


def test_captures_are_those_at_and_below_a_node() -> None:
    tree = parse(b"def f():\n    def g(): pass\ndef h(): pass\n")
    first: tree_sitter.Node = tree.root.named_children[0]
    assert [text(name) for name in FUNCTIONS.captures(first)["name"]] == ["f", "g"]
    assert FUNCTIONS.captures(parse(b"x = 1\n").root) == {}
