"""How long the inventory of names takes to load: `python bench/knowledge.py`.

Each time is the least of several, each in a process of its own, as it is when k3ls starts. Beside
it stands Python's own `json` reading the same bytes in the same run: the ratio can be compared from
machine to machine.
"""

from __future__ import annotations

import subprocess
import sys

RUNS = 20
READ = """
import json, time
from importlib.resources import files
import k3ls.knowledge
start = time.perf_counter()
json.loads(files("k3ls.knowledge").joinpath("symbols.json").read_bytes())
print(time.perf_counter() - start)
"""
LOAD = """
import time
from k3ls.knowledge.symbols import symbol
start = time.perf_counter()
symbol("keras.layers.Dense")
print(time.perf_counter() - start)
"""


def least(program: str) -> float:
    """The shortest of the times that runs of a program print, in milliseconds."""
    command = [sys.executable, "-c", program]
    outputs = [subprocess.run(command, capture_output=True, check=True).stdout for _ in range(RUNS)]
    return min(map(float, outputs)) * 1000


if __name__ == "__main__":
    read, load = least(READ), least(LOAD)
    print(f"json reads the bytes     {read:5.1f} ms")
    print(f"the first name is there  {load:5.1f} ms  ({load / read:.1f} times)")
