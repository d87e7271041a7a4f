"""Completing the codes in comments that silence rules."""

from __future__ import annotations

import pytest
from lsprotocol import types

from k3ls.rules.registry import rules
from tests.lsp.client import Editor

pytestmark = pytest.mark.asyncio

TEXT = """\
é = 1  # k3ls: ignore[K10, k104]
open = 2  # k3ls: ignore[
every = 3  # k3ls: ignore
keras.layers.
'# k3ls: ignore['
"""


async def test_codes(editor: Editor) -> None:
    buffer = editor.open(TEXT)
    found = await buffer.completion("K10,", 2)
    assert [one.label for one in found] == [one.code for one in rules() if one.code != "K104"]
    chosen = next(one for one in found if one.label == "K103")
    assert chosen.detail == "removed-name"
    assert chosen.documentation == "A Keras name that Keras 3 removed."
    assert isinstance(chosen.text_edit, types.TextEdit)
    assert buffer.at(chosen.text_edit.range) == "K10"
    buffer.apply(types.WorkspaceEdit(changes={buffer.uri: [chosen.text_edit]}))
    assert buffer.text.startswith("é = 1  # k3ls: ignore[K103, k104]\n")


async def test_codes_in_a_comment_that_is_being_typed(editor: Editor) -> None:
    found = await editor.open(TEXT).completion("ignore[\n", 7)
    assert [one.label for one in found] == [one.code for one in rules()]


@pytest.mark.parametrize(
    ("part", "offset"),
    [
        ("ignore\n", 6),
        ("keras.layers.", 13),
        ("ignore['", 7),
        ("k104]", 5),
        ("k3ls: ig", 3),
        ("é", 0),
    ],
)
async def test_nothing_elsewhere(editor: Editor, part: str, offset: int) -> None:
    assert await editor.open(TEXT).completion(part, offset) == []
