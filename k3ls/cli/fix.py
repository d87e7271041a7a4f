"""`k3ls fix`: apply fixes, and show what is left."""

from __future__ import annotations

import sys
from argparse import Namespace
from dataclasses import replace
from functools import partial

from k3ls.cli.output import diff, summary, write, write_problems
from k3ls.cli.progress import watched
from k3ls.cli.selection import from_stdin, selected
from k3ls.engine.discover import File, Found
from k3ls.engine.files import Checked, check_file, fix_file, map_files, reason, write_file


def run(options: Namespace) -> int:
    found = selected(options)
    if options.diff:
        return preview(found, unsafe=options.unsafe_fixes)
    fixed = watched(
        map_files(partial(fix_file, unsafe=options.unsafe_fixes), found.files), len(found.files)
    )
    put, out = (_print, sys.stderr) if from_stdin(options) else (_write, sys.stdout)
    results = [put(file, result) for file, result in zip(found.files, fixed, strict=True)]
    write(results, options.output_format, out)
    failed = write_problems(found, results)
    if options.output_format != "json":
        print(summary.fixed(results), file=out)
    return 2 if failed else int(any(result.findings for result in results))


def preview(found: Found, *, unsafe: bool) -> int:
    """Show the fixes as a diff and change nothing; gives the exit code."""
    fixed = watched(map_files(partial(fix_file, unsafe=unsafe), found.files), len(found.files))
    results = list(fixed)
    diff.write(results, sys.stdout.buffer)
    failed = write_problems(found, results)
    print(summary.fixed(results, "Would fix"), file=sys.stderr)
    return 2 if failed else int(any(result.applied or result.findings for result in results))


def _write(file: File, result: Checked) -> Checked:
    """Write a fixed file; gives what is left in it."""
    if result.before is None:
        return result
    try:
        write_file(file.path, result.before.to_bytes(), result.source.to_bytes())
    except OSError as error:
        left = check_file(file)
        return replace(left, problems=(*left.problems, f"{file.path}: {reason(error)}"))
    return result


def _print(file: File, result: Checked) -> Checked:
    fixed = result.source.to_bytes() if result.before is not None else file.raw
    sys.stdout.buffer.write(fixed or b"")
    return result
