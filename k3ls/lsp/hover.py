"""What a name is in Keras 3, and what a silenced rule says, shown where the pointer rests."""

from __future__ import annotations

from lsprotocol import types
from pygls.capabilities import get_capability

from k3ls.engine.at import name_at, silenced_rule_at
from k3ls.engine.describe import describe_op, describe_rule
from k3ls.knowledge.ops import op
from k3ls.knowledge.symbols import Symbol, canonical, symbol
from k3ls.lsp.document import Document
from k3ls.lsp.session import Session


def hover(session: Session, params: types.HoverParams) -> types.Hover | None:
    """What there is to say about a place; None if nothing."""
    document = session.documents.get(params.text_document.uri)
    if document is None:
        return None
    found = _at(document, document.offset(params.position))
    if found is None:
        return None
    description, start, end = found
    formats = get_capability(session.client_capabilities, "text_document.hover.content_format", [])
    kind = types.MarkupKind.PlainText
    if types.MarkupKind.Markdown in formats:
        kind = types.MarkupKind.Markdown
    return types.Hover(types.MarkupContent(kind, description), document.range(start, end))


def _at(document: Document, offset: int) -> tuple[str, int, int] | None:
    """What is said about byte `offset`, and the bytes from and up to which it holds."""
    if document.tree is None or document.module is None:
        return None
    silenced = silenced_rule_at(document.tree, offset)
    if silenced is not None:
        return describe_rule(silenced.rule), silenced.start, silenced.end
    name = name_at(document.module, offset)
    for qualified in name.qualified if name is not None else ():
        description = _describe(qualified)
        if name is not None and description is not None:
            return description, name.start, name.end
    return None


def _describe(qualified: str) -> str | None:
    path = canonical(qualified)
    row = op(path or qualified)
    if row is not None:
        return describe_op(row)
    found = symbol(path) if path is not None else None
    return _where(found) if found is not None else None


def _where(found: Symbol) -> str:
    if found.keras3:
        return f"Keras 3: `{found.path}`" + ("" if found.keras2 else ", new there")
    if found.compatibility:
        return f"Keras 3 has no `{found.path}`; only TensorFlow's `tf.keras` keeps it"
    return f"Keras 3 has no `{found.path}`"
