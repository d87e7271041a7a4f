"""What the server knows of its client: the open documents, and the settings for each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.uris import to_fs_path

from k3ls import __version__
from k3ls.engine.project import Project
from k3ls.lsp.document import Document
from k3ls.settings import Settings, SettingsError, load
from k3ls.text import PositionEncoding

T = TypeVar("T")


class _Protocol(LanguageServerProtocol):
    """pygls' protocol, which announces commands even where there are none."""

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(
        self, params: types.InitializeParams
    ) -> Generator[Any, Any, types.InitializeResult]:
        result = yield from super().lsp_initialize(params)
        result.capabilities.execute_command_provider = None
        return result


class Session(LanguageServer):
    """One client's server.

    Attributes:
        documents: the newest version of every open document by its URI.
        project: the files around them.
    """

    def __init__(self) -> None:
        super().__init__("k3ls", __version__, protocol_cls=_Protocol)
        # pygls would keep a copy of every document that nothing here reads.
        for method in (
            types.TEXT_DOCUMENT_DID_OPEN,
            types.TEXT_DOCUMENT_DID_CHANGE,
            types.TEXT_DOCUMENT_DID_CLOSE,
        ):
            del self.protocol.fm.builtin_features[method]
        self.documents: dict[str, Document] = {}
        self.project = Project(deferred=True)
        self._worker = ThreadPoolExecutor(max_workers=1)
        self._settings: dict[Path, tuple[Settings, Path]] = {}
        self._said: set[str] = set()

    @property
    def encoding(self) -> PositionEncoding:
        return PositionEncoding(self.workspace.position_encoding)

    def in_worker(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Have `work` done, after what was given before, while messages are read."""
        return asyncio.get_running_loop().run_in_executor(self._worker, work)

    def is_current(self, document: Document) -> bool:
        """Whether no newer version has come and the document is still open."""
        return self.documents.get(document.uri) is document

    def settings(self, uri: str) -> Settings:
        """The settings for a document, those of its folder's project; the defaults for a
        document without a file and where the project's can't be used."""
        path = to_fs_path(uri)
        if path is None:
            return Settings()
        folder = Path(path).parent
        if folder not in self._settings:
            try:
                self._settings[folder] = load(folder)
            except SettingsError as error:
                self._settings[folder] = Settings(), folder
                self.log(types.MessageType.Warning, str(error), show=True)
        settings, root = self._settings[folder]
        return settings.for_file(Path(path), root)

    def forget_settings(self) -> None:
        """Have settings read again."""
        self._settings.clear()
        self._said.clear()

    def log(self, kind: types.MessageType, message: str, *, show: bool = False) -> None:
        """Put `message` into the client's log once, and with `show` before the user's eyes."""
        if message in self._said:
            return
        self._said.add(message)
        self.window_log_message(types.LogMessageParams(kind, message))
        if show:
            self.window_show_message(types.ShowMessageParams(kind, message))
