"""What became of a name, and what a silenced rule says, shown where the pointer rests."""

from __future__ import annotations

from lsprotocol import types
from pygls.capabilities import get_capability

from k3ls.engine.at import described_at
from k3ls.lsp.session import Session


def hover(session: Session, params: types.HoverParams) -> types.Hover | None:
    """What there is to say about a place; None if nothing."""
    document = session.documents.get(params.text_document.uri)
    if document is None or document.module is None:
        return None
    found = described_at(document.module, document.offset(params.position))
    if found is None:
        return None
    formats = get_capability(session.client_capabilities, "text_document.hover.content_format", [])
    kind = types.MarkupKind.PlainText
    if types.MarkupKind.Markdown in formats:
        kind = types.MarkupKind.Markdown
    contents = types.MarkupContent(kind, found.text)
    return types.Hover(contents, document.range(found.start, found.end))
