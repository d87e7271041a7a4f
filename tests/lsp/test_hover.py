"""Hovering over names and over suppressions."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp.client import Buffer, Editor
from tests.lsp.conftest import Start

pytestmark = pytest.mark.asyncio

TEXT = """\
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow import math as m

mean = tf.reduce_mean
total = m.reduce_sum(mean(x))
layer = tf.keras.layers.Dense(3)  # k3ls: ignore[K102, K103]
old = tf.keras.layers.ThresholdedReLU()
gone = tf.keras.layers.LocallyConnected1D
other = numpy.reduce_mean
optimizer = tf.keras.optimizers.Adam(decay=0.1, lr=0.1)
optimizer.lr = 0.2
tf.keras.Sequential().compile(loss="logcosh")
"""


async def hovered(buffer: Buffer, part: str, offset: int = 0) -> tuple[str, str] | None:
    """The name that a hover is about, and what it says."""
    hover = await buffer.hover(part, offset)
    if hover is None:
        return None
    assert hover.range is not None
    assert isinstance(hover.contents, types.MarkupContent)
    return buffer.at(hover.range), hover.contents.value


@pytest.mark.parametrize(
    ("part", "offset", "name", "target"),
    [
        ("tf.reduce_mean", 3, "tf.reduce_mean", "keras.ops.mean"),
        ("tf.reduce_mean", 14, "tf.reduce_mean", "keras.ops.mean"),
        ("m.reduce_sum", 5, "m.reduce_sum", "keras.ops.sum"),
        ("mean(x)", 0, "mean", "keras.ops.mean"),
        ("tf.keras.layers.Dense", 16, "tf.keras.layers.Dense", "`keras.layers.Dense`"),
        ("tf.keras.layers.Dense", 10, "tf.keras.layers", "`keras.layers`"),
        ("tf.keras.layers.Thresh", 18, "tf.keras.layers.ThresholdedReLU", "Keras 3 has no"),
        ("lr=0.1", 1, "lr", "`learning_rate`"),
        (".lr =", 1, "lr", "`learning_rate`"),
        ('"logcosh"', 3, '"logcosh"', "`log_cosh`"),
        ("LocallyConnected1D", 1, "tf.keras.layers.LocallyConnected1D", "Keras 3 has no"),
    ],
)
async def test_names(editor: Editor, part: str, offset: int, name: str, target: str) -> None:
    found = await hovered(editor.open(TEXT), part, offset)
    assert found is not None
    assert found[0] == name
    assert target in found[1]


@pytest.mark.parametrize(
    ("part", "offset"), [("tf.reduce", 0), ("numpy.reduce_mean", 8), ("layer =", 2), ("(3)", 1)]
)
async def test_nothing_to_say(editor: Editor, part: str, offset: int) -> None:
    assert await editor.open(TEXT).hover(part, offset) is None


async def test_suppressed_rule(editor: Editor) -> None:
    buffer = editor.open(TEXT)
    found = await hovered(buffer, "K103]", 1)
    assert found is not None
    assert found[0] == "K103"
    assert "A Keras name that Keras 3 removed" in found[1]
    assert await buffer.hover("ignore[K102") is None


async def test_markdown_where_the_editor_knows_it(start: Start) -> None:
    kinds = {}
    for formats in (None, ["plaintext"], ["plaintext", "markdown"]):
        hovering = types.HoverClientCapabilities(
            content_format=[types.MarkupKind(one) for one in formats] if formats else None
        )
        editor = await start(
            types.ClientCapabilities(
                text_document=types.TextDocumentClientCapabilities(hover=hovering)
            )
        )
        hover = await editor.open(TEXT).hover("tf.reduce_mean", 5)
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        kinds[len(formats or [])] = hover.contents.kind
    assert kinds == {0: "plaintext", 1: "plaintext", 2: "markdown"}


async def test_hover_follows_the_text(editor: Editor) -> None:
    buffer = editor.open(TEXT)
    buffer.replace("tf.reduce_mean", "tf.reduce_max")
    found = await hovered(buffer, "tf.reduce_max", 5)
    assert found is not None
    assert found[0] == "tf.reduce_max"
    assert "keras.ops.max" in found[1]
