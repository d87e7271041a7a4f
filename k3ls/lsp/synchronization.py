"""Keeping the open documents and their settings in step with the client."""

from __future__ import annotations

from dataclasses import replace

from lsprotocol import types
from pygls.capabilities import get_capability

from k3ls.lsp.diagnostics import clear, publish
from k3ls.lsp.document import Document
from k3ls.lsp.session import Session

_SETTINGS_FILES = "**/pyproject.toml"


def did_open(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    item = params.text_document
    document = Document.opened(item, session.settings(item.uri), session.encoding, session.project)
    _put(session, document)


def did_change(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    document = session.documents.get(params.text_document.uri)
    if document is not None:
        _put(session, document.changed(params.text_document.version, params.content_changes))


def did_close(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    document = session.documents.pop(params.text_document.uri, None)
    if document is not None:
        clear(session, document)


def initialized(session: Session, params: types.InitializedParams) -> None:
    """Ask to be told when a project's settings change."""
    if get_capability(
        session.client_capabilities,
        "workspace.did_change_watched_files.dynamic_registration",
        False,
    ):
        watchers = [types.FileSystemWatcher(_SETTINGS_FILES)]
        registration = types.Registration(
            "settings",
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
            types.DidChangeWatchedFilesRegistrationOptions(watchers),
        )
        session.client_register_capability(types.RegistrationParams([registration]))


def did_change_watched_files(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """Read the settings again and check every open document with them."""
    session.forget_settings()
    for document in list(session.documents.values()):
        _put(session, replace(document, settings=session.settings(document.uri)))


def shutdown(session: Session, params: None) -> None:
    """Drop the documents, so that those that wait to be analysed are passed over."""
    session.documents.clear()


def _put(session: Session, document: Document) -> None:
    session.documents[document.uri] = document
    publish(session, document)
