"""Project files in the editor."""

from __future__ import annotations

import pytest

from tests.lsp.client import Editor

pytestmark = pytest.mark.asyncio

REQUIREMENTS = "file:///project/requirements.txt"
PYPROJECT = "file:///project/pyproject.toml"


async def test_findings_follow_the_text(editor: Editor) -> None:
    buffer = editor.open("numpy\nkeras<3\n", REQUIREMENTS, "pip-requirements")
    assert await buffer.found() == [("K601", "keras<3")]
    buffer.replace("<3", ">=3")
    assert await buffer.found() == []
    buffer.replace("numpy", "tf-keras")
    assert await buffer.found() == [("K602", "tf-keras")]


async def test_text_that_is_being_typed(editor: Editor) -> None:
    buffer = editor.open('[project]\ndependencies = ["keras<3"]\n', PYPROJECT, "toml")
    assert await buffer.found() == [("K601", "keras<3")]
    buffer.replace('"]', '", "é')
    await buffer.diagnostics()
    buffer.replace('"é', '"é", "tensorflow==2.15"]')
    assert await buffer.found() == [("K601", "keras<3"), ("K601", "tensorflow==2.15")]


async def test_a_fix_and_a_suppression(editor: Editor) -> None:
    text = '[project]\ndependencies = [\n    "keras<3",  # é\n    "tensorflow<2.16",\n]\n'
    buffer = editor.open(text, PYPROJECT, "toml")
    await buffer.take(
        await buffer.action("keras<3", "Require `keras>=3` (unsafe: check the result)")
    )
    assert await buffer.found() == [("K601", "tensorflow<2.16")]
    await buffer.take(await buffer.action("tensorflow<2.16", "Ignore K601 on this line"))
    assert buffer.text == (
        '[project]\ndependencies = [\n    "keras>=3",  # é\n'
        '    "tensorflow<2.16",  # k3ls: ignore[K601]\n]\n'
    )
    assert await buffer.found() == []


async def test_all_of_a_rule(editor: Editor) -> None:
    buffer = editor.open("keras<3\ntensorflow<2.16\n", REQUIREMENTS, "pip-requirements")
    title = "Fix all K601 (pinned-keras-2) in this file (unsafe: check the result)"
    await buffer.take(await buffer.action("keras", title))
    assert buffer.text == "keras>=3\ntensorflow>=2.16\n"


async def test_there_is_no_hover(editor: Editor) -> None:
    buffer = editor.open("keras<3\n", REQUIREMENTS, "pip-requirements")
    assert await buffer.hover("keras") is None


async def test_other_files_are_nothing_to_say_about(editor: Editor) -> None:
    text = "import tensorflow as tf\nx = tf.keras\nkeras<3\n"
    assert await editor.open(text, "file:///project/notes.toml", "toml").found() == []
