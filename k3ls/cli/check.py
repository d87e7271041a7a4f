"""`k3ls check`: what Keras 3 changes."""

from __future__ import annotations

import sys
from argparse import Namespace

from k3ls.cli.fix import preview
from k3ls.cli.output import statistics, summary, write, write_problems
from k3ls.cli.progress import watched
from k3ls.cli.selection import selected
from k3ls.engine.files import check_file, map_files


def run(options: Namespace) -> int:
    found = selected(options)
    if options.diff:
        code = preview(found, unsafe=False)
    else:
        results = list(watched(map_files(check_file, found.files), len(found.files)))
        if options.statistics:
            statistics.write(results, options.output_format, sys.stdout)
        else:
            write(results, options.output_format, sys.stdout)
        failed = write_problems(found, results)
        if options.output_format != "json":
            print(summary.found(results))
        code = 2 if failed else int(any(result.findings for result in results))
    return 0 if code == 1 and options.exit_zero else code
