"""Findings as the diagnostics that the client shows."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

from lsprotocol import types

from k3ls.lsp.document import Document
from k3ls.lsp.session import Session
from k3ls.rules.finding import Finding, Severity

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFORMATION: types.DiagnosticSeverity.Information,
}


def diagnostic(document: Document, finding: Finding) -> types.Diagnostic:
    """A finding as the client gets it."""
    return types.Diagnostic(
        document.range(finding.start, finding.end),
        finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        source="k3ls",
    )


def publish(session: Session, document: Document) -> None:
    """Analyse `document` and send what is found, unless a newer version comes in the meantime.

    Versions that are typed while an older one is analysed wait for the worker, and all but the
    newest are passed over when it is free.
    """
    analysed = session.in_worker(partial(_analyse, session, document))
    analysed.add_done_callback(partial(_send, session, document))


def clear(session: Session, document: Document) -> None:
    """Take a closed document's diagnostics away."""
    session.text_document_publish_diagnostics(types.PublishDiagnosticsParams(document.uri, []))


def _analyse(session: Session, document: Document) -> None:
    if session.is_current(document):
        document.analysis  # noqa: B018 - the document keeps what it finds


def _send(session: Session, document: Document, analysed: asyncio.Future[None]) -> None:
    analysed.result()
    if not session.is_current(document):
        return
    for error in document.analysis.errors:
        place = f"line {error.line} of {document.uri}"
        session.log(types.MessageType.Error, f"{error.code} failed at {place}: {error.message}")
    diagnostics = [diagnostic(document, finding) for finding in document.analysis.findings]
    session.text_document_publish_diagnostics(
        types.PublishDiagnosticsParams(document.uri, diagnostics, document.version)
    )
    _look_up(session)


def _look_up(session: Session, news: bool = False) -> None:
    """Look up the classes of installed packages that were asked for, one at a time so that
    nobody who types waits long, and then check the documents with them."""
    if session.project.waits:
        looked_up = session.in_worker(session.project.look_up)
        looked_up.add_done_callback(lambda found: _look_up(session, news or found.result()))
    elif news:
        for document in list(session.documents.values()):
            session.documents[document.uri] = replace(document)
            publish(session, session.documents[document.uri])
