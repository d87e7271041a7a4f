"""`k3ls server`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from k3ls.cli.arguments import parser
from tests.cli.conftest import RunBytes


def message(method: str, params: Any = None, number: int | None = None) -> bytes:
    content: dict[str, Any] = {"jsonrpc": "2.0", "method": method}
    if params is not None:
        content["params"] = params
    if number is not None:
        content["id"] = number
    body = json.dumps(content).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def test_server_on_standard_input_and_output(program: RunBytes) -> None:
    start: dict[str, Any] = {"processId": None, "rootUri": None, "capabilities": {}}
    conversation = (
        message("initialize", start, 1)
        + message("initialized", {})
        + message("shutdown", number=2)
        + message("exit")
    )
    done = program("server", stdin=conversation)
    assert done.returncode == 0
    assert b"textDocumentSync" in done.stdout
    assert b'"id": 2' in done.stdout or b'"id":2' in done.stdout


def test_server_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert parser().parse_args(["server", "--tcp", "localhost:2087"]).tcp == ("localhost", 2087)
    assert parser().parse_args(["server"]).tcp is None
    for wrong in ("2087", "localhost:", "localhost:x", "localhost:70000"):
        with pytest.raises(SystemExit):
            parser().parse_args(["server", "--tcp", wrong])
        assert "HOST:PORT" in capsys.readouterr().err
