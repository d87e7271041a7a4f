"""What the server says of itself, and which position encoding it chooses."""

from __future__ import annotations

import asyncio
import re
import sys

import pytest
from lsprotocol import types

import k3ls
from tests.lsp.client import Editor
from tests.lsp.conftest import Start

pytestmark = pytest.mark.asyncio


async def test_name_and_version(editor: Editor) -> None:
    assert editor.result is not None
    assert editor.result.server_info == types.ServerInfo("k3ls", k3ls.__version__)


async def test_only_what_there_is_is_announced(editor: Editor) -> None:
    assert editor.result is not None
    announced = editor.result.capabilities
    providers = [
        name
        for name in dir(announced)
        if name.endswith("_provider") and getattr(announced, name) is not None
    ]
    assert providers == ["code_action_provider", "completion_provider", "hover_provider"]
    actions = announced.code_action_provider
    assert isinstance(actions, types.CodeActionOptions)
    assert list(actions.code_action_kinds or []) == ["quickfix", "source.fixAll.k3ls"]
    assert actions.resolve_provider
    synchronization = announced.text_document_sync
    assert isinstance(synchronization, types.TextDocumentSyncOptions)
    assert synchronization.open_close
    assert synchronization.change == types.TextDocumentSyncKind.Incremental
    assert announced.notebook_document_sync is None


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (None, "utf-16"),
        ([], "utf-16"),
        (["utf-7"], "utf-16"),
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-16", "utf-8"], "utf-16"),
        (["utf-7", "utf-32", "utf-8"], "utf-32"),
    ],
)
async def test_first_encoding_that_both_know(
    start: Start, offered: list[str] | None, chosen: str
) -> None:
    general = types.GeneralClientCapabilities(position_encodings=offered)
    editor = await start(types.ClientCapabilities(general=general))
    assert editor.encoding == chosen


async def test_unknown_documents_get_empty_answers(editor: Editor) -> None:
    document = types.TextDocumentIdentifier("file:///project/unknown.py")
    place = types.Position(3, 3)
    hover = await editor.text_document_hover_async(types.HoverParams(document, place))
    assert hover is None
    context = types.CodeActionContext([])
    actions = await editor.text_document_code_action_async(
        types.CodeActionParams(document, types.Range(place, place), context)
    )
    assert list(actions or []) == []
    editor.text_document_did_close(types.DidCloseTextDocumentParams(document))
    assert await editor.open("x = 1").found() == []
    assert len(editor.published) == 1


async def test_tcp() -> None:
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import logging; logging.basicConfig(level='INFO');"
        "from k3ls.lsp.server import serve; serve(('127.0.0.1', 0))",
        stderr=asyncio.subprocess.PIPE,
    )
    assert server.stderr is not None
    ready = None
    while ready is None:
        ready = re.search(rb"Serving on .*, (\d+)\)", await server.stderr.readline())
    editor = Editor()
    await editor.start_tcp("127.0.0.1", int(ready[1]))
    await editor.initialize_session(types.InitializeParams(types.ClientCapabilities()))
    buffer = editor.open("import tensorflow as tf\n")
    assert await buffer.found() == [("K104", "import tensorflow as tf")]
    await editor.shutdown_async(None)
    editor.exit(None)
    assert await server.wait() == 0
    await editor.stop()
