"""A requirement that keeps Keras 2 installed.

## What it does

Finds requirements of Keras and TensorFlow that no release with Keras 3 fulfils: `keras<3`,
`keras==2.11`, `tensorflow<2.16`, `tensorflow-cpu~=2.15.0`, and `tensorflow-gpu`, which ended before
there was Keras 3. They are found in `requirements*.txt`, `pyproject.toml`, `setup.cfg`, `setup.py`,
`environment.yml` and `tox.ini`, and raised as little as possible.

## Why

Each TensorFlow says which Keras pip installs with it:

| TensorFlow | requires |
|---|---|
| 2.15 | `keras<2.16,>=2.15.0` |
| 2.16 | `keras>=3.0.0` |
| 2.17 | `keras>=3.2.0` |
| 2.18 | `keras>=3.5.0` |
| 2.21 | `keras>=3.12.0` |

So with TensorFlow 2.15 pip installs Keras 2, and next to `keras>=3` it installs nothing:

    ERROR: Cannot install keras>=3 and tensorflow==2.15.1 because these package versions have
    conflicting dependencies.

`tensorflow>=2.9`, without an upper bound, gets the newest TensorFlow and Keras 3; that is no
finding here.

## Example

    keras>=2.9,<3
    tensorflow[and-cuda]==2.15.1 ; sys_platform == "linux"

becomes

    keras>=3
    tensorflow[and-cuda]>=2.16 ; sys_platform == "linux"

## Fix safety

Unsafe: the code has to be ready for Keras 3, TensorFlow 2.16 needs Python 3.9, and other pins of
the project may not go with it. There is no fix in a file that pip-compile, uv or Poetry wrote, as
it is written again from its source. A requirement whose marker holds only below Python 3.9 is no
finding.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from k3ls.dependencies import ProjectFile, Requirement
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.project.packages import FIRST_WITH_KERAS_3, KERAS_3, TENSORFLOW_2_16
from k3ls.rules.rule import Rule

RULE = Rule("K601", "pinned-keras-2", Severity.WARNING)

_GENERATED = "; a program wrote this file, so raise it where that took it from"


@RULE.project_file
def check(file: ProjectFile) -> Iterator[Finding]:
    for one in file.requirements:
        if not one.applies:
            continue
        if one.name == "tensorflow-gpu" and not one.conda:
            yield _gpu(one, file)
            continue
        limit = FIRST_WITH_KERAS_3.get(one.name)
        if limit is None or one.admits(limit) is not False:
            continue
        message = f"`{one.written}` keeps Keras 2 installed"
        if limit is not KERAS_3:
            message += f": TensorFlow requires it before {limit}"
        fix = Fix(f"Require `{one.name}>={limit}`", one.raised(limit), Applicability.UNSAFE)
        yield _finding(one, message, fix, file)


def _gpu(one: Requirement, file: ProjectFile) -> Finding:
    message = "`tensorflow-gpu` ended with 2.11, which requires Keras 2: `tensorflow` uses GPUs too"
    fix = None
    edits = one.raised(TENSORFLOW_2_16, "tensorflow")
    if edits and not file.requires(one.section, "tensorflow"):
        fix = Fix(f"Require `tensorflow>={TENSORFLOW_2_16}`", edits, Applicability.UNSAFE)
    return _finding(one, message, fix, file)


def _finding(one: Requirement, message: str, fix: Fix | None, file: ProjectFile) -> Finding:
    if file.generated:
        return RULE.finding(one.start, one.end, message + _GENERATED)
    return RULE.finding(one.start, one.end, message, fix)
