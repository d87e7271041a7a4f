"""Codes of rules where a comment silences them."""

from __future__ import annotations

from lsprotocol import types

from k3ls.engine.at import codes_at
from k3ls.lsp.session import Session

OPTIONS = types.CompletionOptions(trigger_characters=["[", ","])


def completion(session: Session, params: types.CompletionParams) -> list[types.CompletionItem]:
    """The codes that can stand at a place in a `# k3ls: ignore[…]` comment."""
    document = session.documents.get(params.text_document.uri)
    if document is None or document.tree is None:
        return []
    found = codes_at(document.tree, document.offset(params.position))
    if found is None:
        return []
    place = document.range(found.start, found.end)
    return [
        types.CompletionItem(
            rule.code,
            kind=types.CompletionItemKind.EnumMember,
            detail=rule.name,
            documentation=rule.summary,
            filter_text=f"{rule.code} {rule.name}",
            text_edit=types.TextEdit(place, rule.code),
        )
        for rule in found.rules
    ]
