"""The command line."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from k3ls.cli.arguments import UsageError, parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; gives the exit code.

    Raises:
        SystemExit: the arguments ask for help or can't be understood.
    """
    options = parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        # A file's name, or a line of it, may have what the terminal's encoding lacks.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code: int = import_module(f"k3ls.cli.{options.command}").run(options)
        sys.stdout.flush()
    except UsageError as error:
        print(f"k3ls: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _drop_output()
        return 1
    except OSError as error:
        print(f"k3ls: {error}", file=sys.stderr)
        _drop_output()
        return 2
    return code


def _drop_output() -> None:
    """Keep the interpreter from failing again over what it could not write."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
