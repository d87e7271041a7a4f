"""An editor as the server sees one: it holds the texts and remembers what the server says."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient

T = TypeVar("T")

_SECONDS = 60
_LINE_END = re.compile(r"\r\n|\r|\n")
_UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Editor(LanguageClient):
    """A client that wakes whoever waits for something that the server says.

    Attributes:
        published: the diagnostics in the order in which they came.
        registrations: what the server asked to be told.
        result: the answer to initialize.
        encoding: what columns count.
    """

    def __init__(self) -> None:
        super().__init__(converter_factory=default_converter)
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registrations: list[types.Registration] = []
        self.result: types.InitializeResult | None = None
        self.encoding = "utf-16"
        self._said = asyncio.Event()
        self._remember(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, self.published.append)
        self._remember(types.WINDOW_LOG_MESSAGE, self.log_messages.append)
        self._remember(types.WINDOW_SHOW_MESSAGE, self.messages.append)
        self._remember(types.CLIENT_REGISTER_CAPABILITY, self._register)

    def _register(self, params: types.RegistrationParams) -> None:
        self.registrations += params.registrations

    def _remember(self, method: str, remember: Callable[[T], None]) -> None:
        def handle(params: T) -> None:
            remember(params)
            self._said.set()

        self.feature(method)(handle)

    async def until(self, found: Callable[[], T]) -> T:
        """Wait until the server has said enough for `found` to give something."""
        while not (result := found()):
            self._said.clear()
            await asyncio.wait_for(self._said.wait(), _SECONDS)
        return result

    async def leave(self) -> int:
        """Say goodbye, after which the server says nothing any more, and give its exit code."""
        assert self._server is not None
        await self.shutdown_async(None)
        published = len(self.published)
        self.exit(None)
        code = await self._server.wait()
        await self.stop()
        assert len(self.published) == published
        return code

    def open(
        self, text: str, uri: str = "file:///project/model.py", language: str = "python"
    ) -> Buffer:
        item = types.TextDocumentItem(uri, language, 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return Buffer(self, uri, text)


class Buffer:
    """One open file; what is done to it is told to the server."""

    def __init__(self, editor: Editor, uri: str, text: str) -> None:
        self.editor = editor
        self.uri = uri
        self.text = text
        self.version = 1

    # Places

    def position(self, index: int) -> types.Position:
        """Where the character `index` of the text is, counted as the server was told to."""
        ends = [match.end() for match in _LINE_END.finditer(self.text, 0)]
        starts = [0, *(end for end in ends if end <= index)]
        codec, size = _UNITS[self.editor.encoding]
        before = self.text[starts[-1] : index].encode(codec)
        return types.Position(len(starts) - 1, len(before) // size)

    def index(self, position: types.Position) -> int:
        starts = [0, *(match.end() for match in _LINE_END.finditer(self.text))]
        codec, size = _UNITS[self.editor.encoding]
        start = starts[position.line]
        units = self.text[start:].encode(codec)[: position.character * size]
        return start + len(units.decode(codec))

    def range_of(self, part: str) -> types.Range:
        """The range of the first `part` of the text."""
        start = self.text.index(part)
        return types.Range(self.position(start), self.position(start + len(part)))

    def at(self, place: types.Range) -> str:
        """The text of a range."""
        return self.text[self.index(place.start) : self.index(place.end)]

    # Changes

    def edit(self, start: int, end: int, new: str) -> None:
        """Put `new` in place of the characters from `start` up to `end`."""
        place = types.Range(self.position(start), self.position(end))
        self.text = self.text[:start] + new + self.text[end:]
        self.send(types.TextDocumentContentChangePartial(place, new))

    def replace(self, old: str, new: str) -> None:
        """Put `new` in place of the first `old`."""
        start = self.text.index(old)
        self.edit(start, start + len(old), new)

    def send(self, *changes: types.TextDocumentContentChangeEvent) -> None:
        self.version += 1
        document = types.VersionedTextDocumentIdentifier(self.version, self.uri)
        self.editor.text_document_did_change(
            types.DidChangeTextDocumentParams(document, list(changes))
        )

    def apply(self, edit: types.WorkspaceEdit) -> None:
        """Do what an editor does with an edit that the server gives."""
        if edit.document_changes is not None:
            (document,) = edit.document_changes
            assert isinstance(document, types.TextDocumentEdit)
            assert document.text_document.uri == self.uri
            assert document.text_document.version == self.version
            edits: Sequence[types.TextEdit] = document.edits  # type: ignore[assignment]
        else:
            assert edit.changes is not None
            assert list(edit.changes) == [self.uri]
            edits = edit.changes[self.uri]
        places = sorted(
            (self.index(one.range.start), self.index(one.range.end), one.new_text) for one in edits
        )
        changes = []
        for start, end, new in reversed(places):
            place = types.Range(self.position(start), self.position(end))
            self.text = self.text[:start] + new + self.text[end:]
            changes.append(types.TextDocumentContentChangePartial(place, new))
        self.send(*changes)

    def close(self) -> None:
        document = types.TextDocumentIdentifier(self.uri)
        self.editor.text_document_did_close(types.DidCloseTextDocumentParams(document))

    # Questions

    async def diagnostics(self) -> Sequence[types.Diagnostic]:
        """The diagnostics of the version that the editor has now."""
        published = await self.editor.until(
            lambda: [
                one
                for one in self.editor.published
                if (one.uri, one.version) == (self.uri, self.version)
            ]
        )
        return published[-1].diagnostics

    async def found(self) -> list[tuple[str, str]]:
        """The codes of the diagnostics, each with the text that it is about."""
        return [(str(one.code), self.at(one.range)) for one in await self.diagnostics()]

    async def actions(self, part: str, only: list[str] | None = None) -> Sequence[types.CodeAction]:
        """The code actions for the first `part` of the text."""
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(self.uri),
            self.range_of(part),
            types.CodeActionContext([], only),
        )
        actions = await self.editor.text_document_code_action_async(params)
        return [one for one in actions or [] if isinstance(one, types.CodeAction)]

    async def action(self, part: str, title: str) -> types.CodeAction:
        """The first code action of a title for the first `part` of the text."""
        return next(one for one in await self.actions(part) if one.title == title)

    async def take(self, action: types.CodeAction) -> None:
        """Have an action's edit, which the server may give only now, and apply it."""
        if action.edit is None:
            action = await self.editor.code_action_resolve_async(action)
        assert action.edit is not None
        self.apply(action.edit)

    async def hover(self, part: str, offset: int = 0) -> types.Hover | None:
        """The hover `offset` characters into the first `part` of the text."""
        position = self.position(self.text.index(part) + offset)
        document = types.TextDocumentIdentifier(self.uri)
        return await self.editor.text_document_hover_async(types.HoverParams(document, position))

    async def completion(self, part: str, offset: int = 0) -> list[types.CompletionItem]:
        """What is offered `offset` characters into the first `part` of the text."""
        position = self.position(self.text.index(part) + offset)
        params = types.CompletionParams(types.TextDocumentIdentifier(self.uri), position)
        found = await self.editor.text_document_completion_async(params)
        assert found is None or isinstance(found, list)
        return list(found or [])
