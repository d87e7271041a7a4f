"""`k3ls op`: what became of an op of TensorFlow or a name of Keras 2."""

from __future__ import annotations

from argparse import Namespace

from k3ls.cli.arguments import UsageError
from k3ls.cli.markdown import show
from k3ls.engine.lookup import close_to, look_up


def run(options: Namespace) -> int:
    fates = look_up(options.name)
    if not fates:
        close = close_to(options.name)
        hint = f"; close to it: {', '.join(close)}" if close else ""
        raise UsageError(f"nothing is known by the name {options.name}{hint}")
    show("\n".join(fate.description for fate in fates))
    return 0
