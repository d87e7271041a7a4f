"""Edits as the client applies them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from lsprotocol import types
from pygls.capabilities import get_capability

from k3ls.lsp.document import Document
from k3ls.lsp.session import Session
from k3ls.text import Edit, Source


def workspace_edit(
    session: Session, document: Document, edits: Iterable[Edit]
) -> types.WorkspaceEdit:
    """`edits` of `document`, tied to its version where the client understands that."""
    changes = [types.TextEdit(document.range(edit.start, edit.end), edit.text) for edit in edits]
    if get_capability(
        session.client_capabilities, "workspace.workspace_edit.document_changes", False
    ):
        versioned = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(versioned, changes)])
    return types.WorkspaceEdit(changes={document.uri: changes})


def line_edits(before: Source, after: Source) -> list[Edit]:
    """The edits that make `before` into `after`, of the lines that differ alone."""
    old, new = _lines(before), _lines(after)
    starts = [*before.lines.starts, len(before.data)]
    return [
        Edit(starts[i1], starts[i2], b"".join(new[j1:j2]).decode("utf-8", "replace"))
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes()
        if tag != "equal"
    ]


def _lines(source: Source) -> list[bytes]:
    starts = source.lines.starts
    ends = [*starts[1:], len(source.data)]
    return [source.data[start:end] for start, end in zip(starts, ends, strict=True)]
