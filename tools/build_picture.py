"""Draw docs/pictures/finding.svg: a terminal in which k3ls finds something and shows its fix.

python -m tools.build_picture
"""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

TARGET = Path(__file__).parent.parent / "docs/pictures/finding.svg"
MODEL = """\
import tensorflow as tf
from tensorflow.keras.layers import Dense, ThresholdedReLU


class Pooling(tf.keras.layers.Layer):
    def call(self, inputs):
        return tf.argmax(tf.nn.gelu(inputs))


gate = ThresholdedReLU(theta=0.5)
"""
COMMANDS = ("check --select K103,K301 model.py", "fix --unsafe-fixes --diff model.py")


def main() -> None:
    console = Console(record=True, width=118, file=io.StringIO(), force_terminal=True)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "model.py").write_text(MODEL)
        for command in COMMANDS:
            console.print(f"[bold green]$[/] [bold]k3ls {command}[/]", highlight=False)
            console.print(Text.from_ansi(_in_a_terminal(command, folder)))
    console.save_svg(str(TARGET), title="k3ls")
    # Lines without white space at their ends, as any other text here.
    lines = TARGET.read_text("utf-8").splitlines()
    TARGET.write_text("\n".join(line.rstrip() for line in lines) + "\n", "utf-8")


def _in_a_terminal(command: str, folder: str) -> str:
    """What `k3ls` prints when it believes to write to a terminal."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "118"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "k3ls", *command.split()],
        cwd=folder,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    os.close(theirs)
    printed = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        printed += part
    process.wait()
    os.close(ours)
    return printed.decode().replace("\r\n", "\n")


if __name__ == "__main__":
    main()
