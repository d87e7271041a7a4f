"""The settings of a project hold for its documents, also after they change."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from tests.lsp.client import Editor
from tests.lsp.conftest import Start

pytestmark = pytest.mark.asyncio

TEXT = "from tensorflow import keras\nimport tensorflow as tf\n"


def tell(editor: Editor, path: Path) -> None:
    """Say that a file has changed, as the editor was asked to."""
    event = types.FileEvent(path.as_uri(), types.FileChangeType.Changed)
    editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))


async def codes(editor: Editor, path: Path) -> list[str]:
    return [code for code, _ in await editor.open(TEXT, path.as_uri()).found()]


async def test_nearest_pyproject(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.k3ls]\nignore = ["K101"]\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[tool.k3ls]\nselect = ["K101"]\n')
    assert await codes(editor, tmp_path / "one.py") == ["K104"]
    assert await codes(editor, inner / "two.py") == ["K101"]
    assert await codes(editor, tmp_path.parent / "three.py") == ["K101", "K104"]


async def test_per_file_ignores(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.k3ls.per-file-ignores]\n"legacy/*.py" = ["K1"]\n'
    )
    assert await codes(editor, tmp_path / "legacy" / "one.py") == []
    assert await codes(editor, tmp_path / "two.py") == ["K101", "K104"]


async def test_a_document_without_a_file_has_the_defaults(editor: Editor) -> None:
    assert len(await editor.open(TEXT, "untitled:Untitled-1").found()) == 2


async def test_broken_settings_are_told_once(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.k3ls]\ncolour = "red"\n')
    (tmp_path / "inner").mkdir()
    for name in ("one.py", "two.py", "inner/three.py"):
        assert await codes(editor, tmp_path / name) == ["K101", "K104"]
    (shown,) = editor.messages
    (logged,) = editor.log_messages
    assert shown.type == types.MessageType.Warning
    assert shown.message == logged.message
    assert "pyproject.toml" in shown.message
    assert "colour" in shown.message


@pytest.mark.parametrize("name", ["visual-studio-code", "emacs"])
async def test_changed_settings_reach_open_documents(
    start: Start, tmp_path: Path, name: str
) -> None:
    editor = await start(name)
    (watched,) = await editor.until(lambda: editor.registrations)
    assert watched.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    settings = tmp_path / "pyproject.toml"
    settings.write_text("[tool.k3ls]\nignore = 1\n")
    buffer = editor.open(TEXT, (tmp_path / "one.py").as_uri())
    assert len(await buffer.found()) == 2
    settings.write_text('[tool.k3ls]\nignore = ["K104"]\n')
    tell(editor, settings)
    await editor.until(lambda: len(editor.published) == 2)
    assert [code for code, _ in await buffer.found()] == ["K101"]
    assert len(editor.messages) == 1


async def test_an_editor_that_cannot_watch_is_not_asked_to(start: Start) -> None:
    editor = await start("neovim")
    assert len(await editor.open(TEXT).found()) == 2
    assert editor.registrations == []
