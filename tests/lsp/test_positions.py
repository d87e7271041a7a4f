"""Positions in every encoding, and texts that stay the same on both sides of the wire."""

from __future__ import annotations

import random

import pytest
from lsprotocol import types

from tests.lsp.conftest import Start

pytestmark = pytest.mark.asyncio

ENCODINGS = ["utf-8", "utf-16", "utf-32"]

# A parrot takes two units of UTF-16, `é` is two characters here.
TEXT = (
    "import tensorflow as tf\r\n"
    "x = '🦜🦜 cafe\u0301'; layer = tf.keras.layers.Dense(3)\r\n"
    "y = '€'; other = tf.keras.layers.ReLU()\r\n"
)

PIECES = [
    "x", " ", "(", ")", "'", '"""', "#", "\n", "\r\n", "\r", "🦜", "e\u0301", "é", "\n\n", "\t", "",
    "", "", "tf.keras.Model", "import keras\n", "import tensorflow as tf\n", "def f(x):\n    ",
    "from tensorflow import keras\n", "  # k3ls: ignore\n", "f'{tf.keras.Input}'", "\\\n", "tf",
]  # fmt: skip


def capabilities(encoding: str) -> types.ClientCapabilities:
    general = types.GeneralClientCapabilities(position_encodings=[encoding])
    return types.ClientCapabilities(general=general)


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_columns(start: Start, encoding: str) -> None:
    editor = await start(capabilities(encoding))
    buffer = editor.open(TEXT)
    dense = ("K102", "tf.keras.layers.Dense")
    relu = ("K102", "tf.keras.layers.ReLU")
    assert await buffer.found() == [dense, relu]
    columns = [one.range.start.character for one in await buffer.diagnostics()]
    assert columns == {"utf-8": [31, 19], "utf-16": [26, 17], "utf-32": [24, 17]}[encoding]
    buffer.replace("🦜 cafe", "🦜🦜")
    assert await buffer.found() == [dense, relu]
    buffer.replace("\u0301'; layer =", "'; x ==")
    assert await buffer.found() == [dense, relu]
    assert (await buffer.hover("tf.keras.layers.ReLU", 18)) is not None
    action = await buffer.action("tf.keras.layers.Dense", "Replace with `keras.layers.Dense`")
    await buffer.take(action)
    assert "x = '🦜🦜🦜'; x == keras.layers.Dense(3)\r\n" in buffer.text
    assert await buffer.found() == [relu]


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_typing_anything_anywhere_is_like_opening_the_text(
    start: Start, encoding: str
) -> None:
    chance = random.Random(encoding)
    editor = await start(capabilities(encoding))
    buffer = editor.open("")
    shown = 0
    for number in range(100):
        if number % 10 == 0:
            buffer.edit(0, len(buffer.text), TEXT * 8)
        for _ in range(chance.randrange(1, 4)):
            first = chance.randrange(len(buffer.text) + 1)
            last = min(len(buffer.text), first + chance.choice([0, 0, 1, 3, 12]))
            start_, end = outside_line_ends(buffer.text, first, last)
            buffer.edit(start_, end, chance.choice(PIECES))
        fresh = editor.open(buffer.text, f"file:///project/fresh{number}.py")
        assert await buffer.diagnostics() == await fresh.diagnostics(), repr(buffer.text)
        shown += len(await buffer.diagnostics())
        fresh.close()
    assert shown > 300


def outside_line_ends(text: str, first: int, last: int) -> tuple[int, int]:
    """The range, but with its ends not between a carriage return and its line feed."""
    return tuple(  # type: ignore[return-value]
        index - 1 if text[index - 1 : index + 1] == "\r\n" else index for index in (first, last)
    )
