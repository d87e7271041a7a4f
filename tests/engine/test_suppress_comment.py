"""The comment that silences a finding goes where it works and nothing else changes."""

from __future__ import annotations

import ast

import pytest

from k3ls.engine import check
from k3ls.engine.suppress_comment import add_suppression
from k3ls.syntax import parse
from k3ls.text import Source, apply_edits

IMPORT = "import tensorflow as tf\n"


def suppressed(code: str) -> str | None:
    """The text after the import, with the last finding silenced; None if that can't be."""
    source = Source.from_text(IMPORT + code)
    finding = check(source).findings[-1]
    edit = add_suppression(parse(source.data), source.lines, finding)
    if edit is None:
        return None
    after = source.with_data(apply_edits(source.data, [edit]))
    ast.parse(after.data)
    assert finding.message not in [one.message for one in check(after).findings]
    return after.text.removeprefix(IMPORT)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tf.keras.Input\n", "tf.keras.Input  # k3ls: ignore[K102]\n"),
        ("tf.keras.Input", "tf.keras.Input  # k3ls: ignore[K102]"),
        ("tf.keras.Input \t\r\n1\r\n", "tf.keras.Input  # k3ls: ignore[K102]\r\n1\r\n"),
        ("tf.keras.Input  # é 🦜 \n", "tf.keras.Input  # é 🦜  # k3ls: ignore[K102]\n"),
        (
            "tf.keras.Input  # k3ls: ignore[K103]\r\n",
            "tf.keras.Input  # k3ls: ignore[K103, K102]\r\n",
        ),
        (
            "tf.keras.Input  # é # k3ls:ignore[K103,K104 ] more\n",
            "tf.keras.Input  # é # k3ls:ignore[K103,K104, K102 ] more\n",
        ),
        ("f(tf.keras.Input,\n  2)\n", "f(tf.keras.Input,  # k3ls: ignore[K102]\n  2)\n"),
        (
            "x = tf.keras.Input; y = '''a'''\n",
            "x = tf.keras.Input; y = '''a'''  # k3ls: ignore[K102]\n",
        ),
        ("(tf\n .keras.Input)\n", "(tf  # k3ls: ignore[K102]\n .keras.Input)\n"),
        ("tf. \\\n keras.Input\n", "tf. \\\n keras.Input  # k3ls: ignore[K102]\n"),
        ("x = tf.keras.Input # \\\n", "x = tf.keras.Input # \\  # k3ls: ignore[K102]\n"),
    ],
)
def test_comment(before: str, after: str) -> None:
    assert suppressed(before) == after


@pytest.mark.parametrize(
    "code",
    [
        "x = tf.keras.Input + \\\n  2\n",
        "f(tf.keras.Input, '''\n''')\n",
        "f'''{tf.keras.Input}\n'''\n",
        "f(tf.keras.Input, 'a\\\nb')\n",
    ],
)
def test_no_place(code: str) -> None:
    assert suppressed(code) is None
