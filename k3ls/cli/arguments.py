"""The arguments of every subcommand; nothing here loads what only a subcommand needs."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError

import k3ls
from k3ls.cli.output import FORMATS
from k3ls.settings import TARGETS


class UsageError(Exception):
    """What was asked for makes no sense; the message says why, in one line."""


def parser() -> ArgumentParser:
    """The parser of the command line; `command` names the module of this package to `run`."""
    top = ArgumentParser("k3ls", description="Moves Keras 2 code to Keras 3.")
    top.add_argument("--version", action="version", version=f"k3ls {k3ls.__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="show what Keras 3 changes in files")
    _add_selection(check)
    check.add_argument("--statistics", action="store_true", help="count the findings of each rule")
    check.add_argument("--exit-zero", action="store_true", help="exit with 0 in spite of findings")
    check.add_argument("--diff", action="store_true", help="show the safe fixes as a diff")

    fix = commands.add_parser("fix", help="apply the safe fixes, and show what is left")
    _add_selection(fix)
    fix.add_argument("--unsafe-fixes", action="store_true", help="apply the unsafe fixes too")
    fix.add_argument("--diff", action="store_true", help="show the fixes and change nothing")

    rule = commands.add_parser("rule", help="explain a rule, or list all")
    rule.add_argument(
        "rule", nargs="?", metavar="RULE", help="a code (K301), its name, or a name of Keras 2"
    )

    op = commands.add_parser("op", help="show what an op or a Keras name is in Keras 3")
    op.add_argument("name", metavar="NAME", help="tf.reduce_mean, K.mean, Adam.lr or fit_generator")

    server = commands.add_parser("server", help="serve an editor on standard input and output")
    server.add_argument(
        "--tcp", type=_address, metavar="HOST:PORT", help="wait for an editor there instead"
    )
    return top


def _add_selection(command: ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="*",
        default=["."],
        metavar="PATH",
        help="files and folders; - for standard input (default: the working folder)",
    )
    command.add_argument(
        "--output-format", choices=FORMATS, default="full", help="how to show findings"
    )
    command.add_argument(
        "--select",
        type=_codes,
        action="extend",
        metavar="CODES",
        help="only these rules (K301) or families (K3), whatever the settings say",
    )
    command.add_argument(
        "--ignore",
        type=_codes,
        action="extend",
        metavar="CODES",
        help="without these rules or families",
    )
    command.add_argument(
        "--target", choices=TARGETS, help="the backends that the code is meant for"
    )
    command.add_argument("--stdin-filename", metavar="NAME", help="what to call standard input")


def _codes(value: str) -> list[str]:
    return [code.strip().upper() for code in value.split(",") if code.strip()]


def _address(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise ArgumentTypeError(f"{value!r} is not of the form HOST:PORT")
    return host, int(port)
