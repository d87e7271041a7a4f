"""Servers in processes of their own, each with an editor."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest_asyncio
from lsprotocol import types
from pytest_lsp import ClientServerConfig, client_capabilities

from tests.lsp.client import Editor

Start = Callable[..., Awaitable[Editor]]

SERVER = [sys.executable, "-m", "k3ls", "server"]


@pytest_asyncio.fixture
async def start() -> AsyncIterator[Start]:
    """Start a server for an editor of some name or with some capabilities."""
    editors: list[Editor] = []

    async def run(
        editor: str | types.ClientCapabilities = "visual-studio-code",
        folder: Path | None = None,
        command: list[str] = SERVER,
    ) -> Editor:
        client = await ClientServerConfig(command, client_factory=Editor).start()
        assert isinstance(client, Editor)
        editors.append(client)
        capabilities = client_capabilities(editor) if isinstance(editor, str) else editor
        folders = [types.WorkspaceFolder(folder.as_uri(), folder.name)] if folder else None
        result = await client.initialize_session(
            types.InitializeParams(capabilities, workspace_folders=folders)
        )
        client.result = result
        client.encoding = types.PositionEncodingKind(result.capabilities.position_encoding).value
        return client

    yield run
    for client in editors:
        assert client.stopped or await client.leave() == 0


@pytest_asyncio.fixture
async def editor(start: Start) -> Editor:
    """VS Code with a server."""
    return await start()
