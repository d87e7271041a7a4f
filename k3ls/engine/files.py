"""Checking and fixing many files, in processes, and writing them back."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from k3ls.engine.check import Analysis, check, concerns
from k3ls.engine.discover import File
from k3ls.engine.fix import fix
from k3ls.engine.project import Project
from k3ls.rules.finding import Finding
from k3ls.settings import Settings
from k3ls.text import Source, SourceError

if TYPE_CHECKING:
    from multiprocessing.synchronize import Event

# Bytes of source from which on several processes are sooner done than one.
_ENOUGH = 400_000
# Results come a chunk at a time; a person who waits wants to see them come.
_MOST_IN_CHUNK = 4

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking or fixing one file gave.

    Attributes:
        source: the text that the findings are of; empty if the file wasn't analysed.
        problems: what could not be done, a line each.
        before: the text that was read, None if fixing didn't change it.
        applied: how many findings of each code were fixed.
    """

    path: Path
    source: Source = field(default_factory=lambda: Source(b""))
    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()
    before: Source | None = None
    applied: Counter[str] = field(default_factory=Counter)


class ChangedError(OSError):
    """A file is not any more what was read from it."""

    def __init__(self) -> None:
        super().__init__("changed since it was read; left as it is")


def check_file(file: File) -> Checked:
    """Read a file and check it; what goes wrong is among the result's problems."""
    return _analysed(file, _check)


def fix_file(file: File, *, unsafe: bool) -> Checked:
    """Read a file and fix it, without writing it; a text that can't be fixed is only checked."""
    return _analysed(file, partial(_fix, unsafe=unsafe))


def map_files(work: Callable[[File], _Result], files: Sequence[File]) -> Iterator[_Result]:
    """The results of `work` on each file, in order.

    With enough to do it happens in several processes; so `work` has to be a function that can
    be pickled, and must not write.

    Raises:
        OSError: a process was killed.
    """
    workers = os.cpu_count() or 1
    if workers == 1 or len(files) == 1 or not _enough(files):
        yield from map(work, files)
        return
    import multiprocessing
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    chunk = max(1, min(_MOST_IN_CHUNK, len(files) // (4 * workers)))
    stop = multiprocessing.Event()
    # Windows can wait for no more than 61.
    pool = ProcessPoolExecutor(min(workers, 61), initializer=_begin, initargs=(stop,))
    try:
        yield from pool.map(partial(_unless_stopped, work), files, chunksize=chunk)
    except BrokenProcessPool:
        raise OSError("one of its processes was killed") from None
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def write_file(path: Path, before: bytes, after: bytes) -> None:
    """Put `after` in place of `before` in a file, at once or not at all.

    The file keeps its mode, and its owner where that is allowed; a link stays a link.

    Raises:
        ChangedError: the file doesn't hold `before` any more.
        OSError: the file or its folder can't be written.
    """
    import tempfile

    target = Path(os.path.realpath(path))
    status = target.stat()
    # Replacing needs no right to write to the file, and root has every right.
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError("not writable; left as it is")
    handle, temporary = tempfile.mkstemp(prefix=".k3ls-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        if hasattr(os, "chown"):
            with suppress(OSError):
                os.chown(temporary, status.st_uid, status.st_gid)
        os.chmod(temporary, status.st_mode & 0o7777)
        if target.read_bytes() != before:
            raise ChangedError
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def reason(error: OSError) -> str:
    """Why a file could not be read or written."""
    return error.strerror or str(error)


def _analysed(file: File, work: Callable[[Path, Source, Settings], Checked]) -> Checked:
    path = file.path
    try:
        raw = path.read_bytes() if file.raw is None else file.raw
        if not concerns(raw):
            return Checked(path)
        return work(path, Source.from_bytes(raw), file.settings.for_file(path, file.root))
    except OSError as error:
        problem = f"{path}: {reason(error)}"
    except SourceError as error:
        problem = f"{path}:{error.line}: {error.message}"
    except Exception as error:  # noqa: BLE001 - whatever one file does, the others go on
        problem = f"{path}: {type(error).__name__}: {error}"
    return Checked(path, problems=(problem,))


@cache
def _project() -> Project:
    """What a process has read of the files around those that it looks at."""
    return Project()


def _check(path: Path, source: Source, settings: Settings) -> Checked:
    name = str(path.absolute())
    return _checked(path, source, check(source, settings, filename=name, others=_project()))


def _fix(path: Path, source: Source, settings: Settings, *, unsafe: bool) -> Checked:
    name = str(path.absolute())
    fixed = fix(source, settings, unsafe=unsafe, filename=name, others=_project())
    result = _checked(path, fixed.source, fixed.left)
    failure = fixed.error
    if fixed.source.data != source.data:
        try:
            fixed.source.to_bytes()
        except SourceError as error:
            result = _check(path, source, settings)
            failure = error.message
        else:
            result = replace(result, before=source, applied=fixed.applied)
    if failure is None:
        return result
    return replace(result, problems=(*result.problems, f"{path}: not fixed: {failure}"))


def _checked(path: Path, source: Source, analysis: Analysis) -> Checked:
    problems = [
        f"{path}:{error.line}: {error.code} failed: {error.message}" for error in analysis.errors
    ]
    if analysis.syntax_error is not None:
        line, message = analysis.syntax_error
        problems.insert(0, f"{path}:{line}: syntax error: {message}")
    return Checked(path, source, analysis.findings, tuple(problems))


def _enough(files: Sequence[File]) -> bool:
    size = 0
    for file in files:
        with suppress(OSError):
            size += file.path.stat().st_size
        if size > _ENOUGH:
            return True
    return False


_stop: Event | None = None


def _begin(stop: Event) -> None:
    """Set up a process of the pool, which ends by `stop` and not by Ctrl-C of its own."""
    global _stop
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _unless_stopped(work: Callable[[File], _Result], file: File) -> _Result:
    if _stop is not None and _stop.is_set():
        raise InterruptedError
    return work(file)
