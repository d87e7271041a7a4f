"""Real code to measure on: published packages at pinned versions, in a cache outside the tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

TRANSFORMERS = "transformers==4.30.2"


def cache() -> Path:
    """The folder for what is downloaded: `$K3LS_TEST_CACHE`, else the user's cache folder."""
    chosen = os.environ.get("K3LS_TEST_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "k3ls-sources"


def fetch(requirement: str, *, source: bool = False) -> Path:
    """The unpacked package `name==version`: its wheel, or with `source` its source distribution.

    Raises:
        subprocess.CalledProcessError: it can't be downloaded.
    """
    target = cache() / (requirement.replace("==", "-") + ("-source" if source else ""))
    if target.is_dir():
        return target
    downloads = target.with_name(target.name + ".download")
    downloads.mkdir(parents=True, exist_ok=True)
    kind = ["--only-binary", ":all:"]
    if source:
        kind = ["--no-binary", ":all:", "--no-build-isolation"]
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", *kind]
    subprocess.run([*command, "-d", downloads, requirement], check=True, stderr=subprocess.DEVNULL)
    (archive,) = downloads.iterdir()
    unpacked = target.with_name(target.name + ".partial")
    if archive.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(unpacked)
    else:
        with tarfile.open(archive) as tarred:
            tarred.extractall(unpacked, filter="data")
    unpacked.rename(target)
    shutil.rmtree(downloads)
    return target


def transformers_models() -> list[Path]:
    """The TensorFlow model files of transformers."""
    root = fetch(TRANSFORMERS)
    return sorted((root / "transformers" / "models").rglob("modeling_tf_*.py"))


if __name__ == "__main__":
    for path in transformers_models():
        print(path)
