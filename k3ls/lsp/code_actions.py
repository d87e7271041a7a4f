"""Fixes and suppressions as the actions that the client offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from lsprotocol import types

from k3ls.engine import fix
from k3ls.engine.suppress_comment import add_suppression
from k3ls.lsp.diagnostics import diagnostic
from k3ls.lsp.document import Document
from k3ls.lsp.edits import line_edits, workspace_edit
from k3ls.lsp.session import Session
from k3ls.rules.finding import Applicability, Finding
from k3ls.text import Edit

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.k3ls"

_REMARKS = {
    Applicability.SAFE: "",
    Applicability.UNSAFE: " (unsafe: check the result)",
    Applicability.DISPLAY: " (to be completed by hand)",
}


async def code_actions(session: Session, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done about the findings that touch a range, or rewrite the class or method whose
    name does, and about the whole file."""
    document = session.documents.get(params.text_document.uri)
    if document is None:
        return []
    findings = (await session.in_worker(lambda: document.analysis)).findings
    start, end = document.offset(params.range.start), document.offset(params.range.end)
    touched = [one for one in findings if one.start <= end and start <= one.end]
    defined = [
        one
        for one in findings
        if one not in touched
        and any(first <= end and start <= last for first, last in one.definitions)
    ]
    actions: list[types.CodeAction] = []
    if _wanted(types.CodeActionKind.QuickFix, params.context):
        actions += _quick_fixes(session, document, touched + defined)
        actions += _fixes_of_rules(document, touched)
        actions += _suppressions(session, document, touched)
    if _wanted(FIX_ALL, params.context) and _fixable(findings, Applicability.SAFE):
        actions.append(
            types.CodeAction(
                "Fix all that k3ls can fix safely", FIX_ALL, data={"uri": document.uri}
            )
        )
    if not _resolves(session):
        actions = [await resolve(session, action) for action in actions]
    return actions


async def resolve(session: Session, action: types.CodeAction) -> types.CodeAction:
    """The action with the edit of a whole file, which is made only when it is needed."""
    asked: dict[str, Any] = action.data or {}
    document = session.documents.get(asked.get("uri", ""))
    if document is None:
        return action
    settings = document.settings
    if "code" in asked:
        settings = replace(settings, select=(asked["code"],))
    fixed = await session.in_worker(
        lambda: fix(
            document.source,
            settings,
            unsafe=asked.get("unsafe", False),
            filename=document.filename,
            others=document.project,
        )
    )
    if not session.is_current(document):
        # The edit is for a text that the client hasn't any more.
        return action
    if fixed.error is not None:
        session.log(types.MessageType.Error, f"{document.uri} was not fixed: {fixed.error}")
    action.edit = workspace_edit(session, document, line_edits(document.source, fixed.source))
    return action


def _quick_fixes(
    session: Session, document: Document, findings: Iterable[Finding]
) -> Iterator[types.CodeAction]:
    for finding in findings:
        for index, one in enumerate(finding.fixes):
            yield types.CodeAction(
                one.title + _REMARKS[one.applicability],
                types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic(document, finding)],
                is_preferred=(index == 0 and one.applicability is Applicability.SAFE) or None,
                edit=workspace_edit(session, document, one.edits),
            )


def _fixes_of_rules(document: Document, findings: Iterable[Finding]) -> Iterator[types.CodeAction]:
    """For each rule with more to fix than one finding, the fixes of all in the file."""
    offered: set[tuple[str, Applicability]] = set()
    for finding in findings:
        lowest = finding.fixes[0].applicability if finding.fixes else Applicability.DISPLAY
        same = [one for one in document.analysis.findings if one.code == finding.code]
        if lowest is Applicability.DISPLAY or (finding.code, lowest) in offered:
            continue
        if len(_fixable(same, lowest)) > 1:
            offered.add((finding.code, lowest))
            title = f"Fix all {finding.code} ({finding.name}) in this file{_REMARKS[lowest]}"
            yield types.CodeAction(
                title,
                types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic(document, finding)],
                data={
                    "uri": document.uri,
                    "code": finding.code,
                    "unsafe": lowest is Applicability.UNSAFE,
                },
            )


def _suppressions(
    session: Session, document: Document, findings: Iterable[Finding]
) -> Iterator[types.CodeAction]:
    offered: set[Edit] = set()
    for finding in findings:
        edit = add_suppression(document.tree, document.source.lines, finding)
        if edit is not None and edit not in offered:
            offered.add(edit)
            yield types.CodeAction(
                f"Ignore {finding.code} on this line",
                types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic(document, finding)],
                edit=workspace_edit(session, document, [edit]),
            )


def _fixable(findings: Iterable[Finding], lowest: Applicability) -> list[Finding]:
    return [
        finding for finding in findings if any(one.applicability >= lowest for one in finding.fixes)
    ]


def _wanted(kind: str, context: types.CodeActionContext) -> bool:
    """Whether the client asks for actions of `kind`, or of a kind that it belongs to."""
    return context.only is None or any(
        not only or kind == only or kind.startswith(only + ".") for only in context.only
    )


def _resolves(session: Session) -> bool:
    """Whether the client asks for an action's edit when somebody chooses it."""
    support = session.client_capabilities.text_document
    actions = support.code_action if support is not None else None
    if actions is None or actions.resolve_support is None:
        return False
    return bool(actions.data_support) and "edit" in actions.resolve_support.properties
