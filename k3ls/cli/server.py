"""`k3ls server`: the language server."""

from __future__ import annotations

from argparse import Namespace

from k3ls.lsp.server import serve


def run(options: Namespace) -> int:
    serve(options.tcp)
    return 0
