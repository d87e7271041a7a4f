"""True Keras 2: an environment of its own with the last TensorFlow that brought it along.

`tf_keras` is nearly the same code, but some packages of Keras 2's time run on the real one only.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.sources import cache

REQUIREMENTS = ("tensorflow-cpu==2.15.1", "keras==2.15.0", "numpy==1.26.4")


def python(*extra_requirements: str) -> Path:
    """A Python that has true Keras 2, and `extra_requirements` (`name==version`) beside it.

    The environment is made in the cache folder the first time.

    Raises:
        RuntimeError: it can't be made.
    """
    folder = cache() / "-".join(["keras2", *(one.replace("==", "-") for one in extra_requirements)])
    found = folder / "bin" / "python"
    if found.exists():
        return found
    cache().mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", dir=cache()))
    try:
        _make(partial, [*REQUIREMENTS, *extra_requirements])
        if not folder.exists():
            partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return found


def _make(folder: Path, requirements: list[str]) -> None:
    # TensorFlow 2.15 has no wheels for Pythons after 3.11.
    names = [sys.executable] if sys.version_info < (3, 12) else []
    base = next(filter(None, map(shutil.which, [*names, "python3.11", "python3.10"])), None)
    if base is None:
        raise RuntimeError("Keras 2 needs Python 3.11 or 3.10, and neither is on the path")
    inside = str(folder / "bin" / "python")
    install = [sys.executable, "-m", "pip", "-q", "--python", inside, "install", "--no-compile"]
    for command in ([base, "-m", "venv", "--without-pip", str(folder)], [*install, *requirements]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{folder.name}: {done.stderr.strip()[-2000:]}")
