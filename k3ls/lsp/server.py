"""The server: which request is answered where, and on what transport."""

from __future__ import annotations

import os
import sys

from lsprotocol import types

from k3ls.lsp.code_actions import FIX_ALL, code_actions, resolve
from k3ls.lsp.completion import OPTIONS, completion
from k3ls.lsp.hover import hover
from k3ls.lsp.session import Session
from k3ls.lsp.synchronization import (
    did_change,
    did_change_watched_files,
    did_close,
    did_open,
    initialized,
    shutdown,
)


def serve(tcp: tuple[str, int] | None) -> None:
    """Serve one client, on stdio or on a TCP host and port, until it says exit."""
    session = Session()
    feature = session.feature
    feature(types.INITIALIZED)(initialized)
    feature(types.TEXT_DOCUMENT_DID_OPEN)(did_open)
    feature(types.TEXT_DOCUMENT_DID_CHANGE)(did_change)
    feature(types.TEXT_DOCUMENT_DID_CLOSE)(did_close)
    feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(did_change_watched_files)
    feature(types.SHUTDOWN)(shutdown)
    feature(types.TEXT_DOCUMENT_HOVER)(hover)
    feature(types.TEXT_DOCUMENT_COMPLETION, OPTIONS)(completion)
    options = types.CodeActionOptions(
        [types.CodeActionKind.QuickFix, FIX_ALL], resolve_provider=True
    )
    feature(types.TEXT_DOCUMENT_CODE_ACTION, options)(code_actions)
    feature(types.CODE_ACTION_RESOLVE)(resolve)
    if tcp is None:
        # pygls closes what it writes to; standard output stays open for the caller.
        session.start_io(stdout=os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
    else:
        session.start_tcp(*tcp)
